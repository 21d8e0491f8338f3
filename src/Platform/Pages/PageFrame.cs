using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;

namespace Platform.Pages;

/// <summary>Puts a page into the process's shell; into none where there is none, as in a module's own tests.</summary>
public sealed class PageFrame : ComponentBase
{
    /// <summary>The page.</summary>
    [Parameter]
    [EditorRequired]
    public Type Body { get; set; } = null!;

    /// <summary>What it shows.</summary>
    [Parameter]
    public object? Model { get; set; }

    [Inject]
    private IServiceProvider Services { get; set; } = null!;

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (Services.GetService<PageShell>() is not { } shell)
        {
            RenderBody(builder);
            return;
        }
        builder.OpenComponent(0, shell.Component);
        builder.AddComponentParameter(1, "ChildContent", (RenderFragment)RenderBody);
        builder.CloseComponent();
    }

    private void RenderBody(RenderTreeBuilder builder)
    {
        builder.OpenComponent(2, Body);
        builder.AddComponentParameter(3, nameof(PageBase.Model), Model);
        builder.CloseComponent();
    }
}
