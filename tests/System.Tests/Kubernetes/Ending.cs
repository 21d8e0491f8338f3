using System.Diagnostics;
using System.Text;

namespace System.Tests.Kubernetes;

/// <summary>A process that is to end by itself, as those of Jobs and init containers are.</summary>
internal sealed class Ending : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _told = new();

    public Ending(ProcessStartInfo start)
    {
        (start.UseShellExecute, start.RedirectStandardOutput, start.RedirectStandardError) = (
            false,
            true,
            true
        );
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Note(line.Data);
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public bool HasEnded => _process.HasExited;

    /// <summary>What it has said so far.</summary>
    public string Told
    {
        get
        {
            lock (_told)
                return _told.ToString();
        }
    }

    public async Task EndsWellAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(3));
        _process.ExitCode.ShouldBe(0, Told);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private void Note(string? line)
    {
        lock (_told)
            _told.AppendLine(line);
    }
}
