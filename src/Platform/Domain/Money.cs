namespace Platform.Domain;

/// <summary>An amount in one currency. Amounts of different currencies never mix.</summary>
/// <param name="Amount">In the currency's main unit: 23000 is ₩23,000 for KRW, 12.50 is $12.50 for USD.</param>
/// <param name="Currency">An ISO 4217 code of three capital letters, such as KRW.</param>
public sealed record Money(decimal Amount, string Currency)
{
    /// <summary>Whether the amount has no part finer than its currency's smallest step.</summary>
    public bool CanBePaid => Currencies.CanPay(Amount, Currency);

    /// <summary>Nothing, in <paramref name="currency"/>.</summary>
    public static Money Zero(string currency) => new(0m, currency);

    /// <summary>Adds two amounts of one currency.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public static Money operator +(Money left, Money right) =>
        left with
        {
            Amount = left.Amount + Same(left, right).Amount,
        };

    /// <summary>Takes an amount from another of the same currency; the result may be negative.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public static Money operator -(Money left, Money right) =>
        left with
        {
            Amount = left.Amount - Same(left, right).Amount,
        };

    /// <summary>Multiplies an amount by a count, such as a line's quantity.</summary>
    public static Money operator *(Money money, int count) => money with { Amount = money.Amount * count };

    /// <summary>Compares two amounts of one currency.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public static bool operator <(Money left, Money right) => left.Amount < Same(left, right).Amount;

    /// <inheritdoc cref="op_LessThan"/>
    public static bool operator >(Money left, Money right) => left.Amount > Same(left, right).Amount;

    /// <inheritdoc cref="op_LessThan"/>
    public static bool operator <=(Money left, Money right) => !(left > right);

    /// <inheritdoc cref="op_LessThan"/>
    public static bool operator >=(Money left, Money right) => !(left < right);

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Amount:0.####} {Currency}");

    private static Money Same(Money left, Money right) =>
        left.Currency == right.Currency
            ? right
            : throw new InvalidOperationException($"Cannot combine {left.Currency} with {right.Currency}.");
}
