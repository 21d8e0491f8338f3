using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orders.Features;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;
using Platform.Pages;

namespace Orders.Pages;

/// <summary>A store's week in its form.</summary>
/// <param name="Draft">What the form holds.</param>
/// <param name="TimeZone">What its times are in.</param>
/// <param name="Refusal">Why it was not taken.</param>
/// <param name="Saved">Whether it just was.</param>
internal sealed record HoursPageView(HoursDraft Draft, string TimeZone, Error? Refusal, bool Saved);

/// <summary>When a store is open, as its keeper writes it on the door.</summary>
internal static class HoursPages
{
    private const string Here = "/store/hours";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup(Here).RequireRole(Roles.Store).ExcludeFromDescription();
        pages.MapPage("", ShowAsync);
        pages.MapForm("", ChangeAsync);
    }

    private static async Task<IResult> ShowAsync(
        string? saved,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var store = await sender.SendAsync(new ShowStore(caller.StoreId ?? Guid.Empty), cancellationToken);
        if (!store.IsDone)
            return store.Error.ToProblem();
        var hours = store.Value.Hours;
        return Page.Of<HoursPage>(
            new HoursPageView(HoursDraft.Of(hours.Week), hours.TimeZone, Refusal: null, saved is not null)
        );
    }

    /// <summary>One button of the form only fills it in: every day as Monday.</summary>
    private static async Task<IResult> ChangeAsync(
        PageForm form,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var (storeId, draft) = (caller.StoreId ?? Guid.Empty, HoursDraft.From(form));
        Error? refusal = null;
        if (form["fill"] is not null)
        {
            draft = draft.EveryDayAs(DayOfWeek.Monday);
        }
        else
        {
            var week = draft.ToWeek();
            var changed = week.IsDone
                ? await sender.SendAsync(
                    new ChangeHours(storeId, caller, TimeZone: null, week.Value),
                    cancellationToken
                )
                : week.Error;
            if (changed.IsDone)
                return Page.SeeOther(Here + "?saved=1");
            refusal = changed.Error;
        }
        var store = await sender.SendAsync(new ShowStore(storeId), cancellationToken);
        if (!store.IsDone)
            return store.Error.ToProblem();
        var view = new HoursPageView(draft, store.Value.Hours.TimeZone, refusal, Saved: false);
        return refusal is null ? Page.Of<HoursPage>(view) : Page.Refused<HoursPage>(refusal, view);
    }
}
