using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Orders.Data;

/// <summary>
/// Engines give an amount back with the zeros of its column's scale, and a decimal keeps them: without this,
/// 23000 won would be placed and 23000.0000 shown.
/// </summary>
internal sealed class WithoutTrailingZeros()
    : ValueConverter<decimal, decimal>(amount => amount, amount => amount / OneWithEveryZero)
{
    /// <summary>Dividing by it leaves the value and drops the zeros.</summary>
    private const decimal OneWithEveryZero = 1.0000000000000000000000000000m;
}
