using Orders.Domain;
using static Orders.Tests.Domain.Given;

namespace Orders.Tests.Domain;

/// <summary>What a store may do to its menu.</summary>
public sealed class MenuTests
{
    [Fact]
    public void An_option_that_keeps_group_and_name_keeps_its_id()
    {
        var menu = Menu();
        var before = menu.Items.Single(item => item.MenuItemId == Bibimbap);

        var changed = menu.Change(
            before with
            {
                Name = "Big bibimbap",
                Price = Won(11_000),
                OptionGroups = [.. before.OptionGroups.Select(Renumbered)],
            }
        );

        changed.Value.OptionGroups.SelectMany(Ids).ShouldBe(before.OptionGroups.SelectMany(Ids));
        (changed.Value.Name, changed.Value.Price).ShouldBe(("Big bibimbap", Won(11_000)));
    }

    [Fact]
    public void A_renamed_option_is_another()
    {
        var menu = Menu();
        var before = menu.Items.Single(item => item.MenuItemId == Bibimbap);
        var heat = before.OptionGroups[0];

        var changed = menu.Change(
            before with
            {
                OptionGroups =
                [
                    Renumbered(
                        heat with
                        {
                            Options =
                            [
                                .. heat.Options.Select(option => option with { Name = option.Name + "!" }),
                            ],
                        }
                    ),
                ],
            }
        );

        changed.Value.OptionGroups.SelectMany(Ids).ShouldNotContain(id => Ids(heat).Contains(id));
    }

    [Fact]
    public void What_is_sold_out_stays_so_when_it_is_written_anew()
    {
        var menu = Menu();
        var cake = menu.Items.Single(item => item.MenuItemId == SoldOutCake);

        menu.Change(cake with { Available = true }).Value.Available.ShouldBeFalse();
    }

    [Fact]
    public void Two_items_of_one_section_have_two_names()
    {
        var menu = Menu();
        var soup = menu.Items.Single(item => item.MenuItemId == Soup);

        menu.Add(soup with { MenuItemId = Id(90), Name = soup.Name.ToUpperInvariant() })
            .Error?.Code.ShouldBe("menu_item_exists");
        menu.Add(soup with { MenuItemId = Id(90), Section = "Of the day" }).IsDone.ShouldBeTrue();
        menu.Change(soup with { Section = "Of the day" }).Error?.Code.ShouldBe("menu_item_exists");
    }

    [Fact]
    public void A_menu_is_never_empty()
    {
        var menu = Menu();
        foreach (var item in menu.Items.Skip(1).ToList())
            menu.Remove(item.MenuItemId).IsDone.ShouldBeTrue();

        menu.Remove(menu.Items.Single().MenuItemId).Error?.Code.ShouldBe("last_item");
    }

    [Fact]
    public void A_menu_has_an_end()
    {
        var menu = Menu();
        var soup = menu.Items.Single(item => item.MenuItemId == Soup);
        for (var number = menu.Items.Count; number < Orders.Domain.Menu.MostItems; number++)
            menu.Add(soup with { MenuItemId = Id(1000 + number), Name = $"Soup {number}" })
                .IsDone.ShouldBeTrue();

        menu.Add(soup with { MenuItemId = Id(99), Name = "One more" }).Error?.Code.ShouldBe("menu_full");
    }

    [Fact]
    public void What_is_not_on_the_menu_is_neither_changed_nor_removed()
    {
        var menu = Menu();

        menu.Change(menu.Items[0] with { MenuItemId = Id(99) }).Error?.Code.ShouldBe("menu_item_not_found");
        menu.Remove(Id(99)).Error?.Code.ShouldBe("menu_item_not_found");
    }

    private static OptionGroup Renumbered(OptionGroup group) =>
        group with
        {
            Options =
            [
                .. group.Options.Select(
                    (option, place) => option with { OptionId = Id(5000 + place + group.Name.Length * 100) }
                ),
            ],
        };

    private static IEnumerable<Guid> Ids(OptionGroup group) =>
        group.Options.Select(option => option.OptionId);
}
