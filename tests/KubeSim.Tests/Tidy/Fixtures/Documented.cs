namespace KubeSim.Tests.Tidy.Fixtures;

public enum Colour
{
    Red,
    Green,
    Blue,
}

public sealed record Paint<T>
{
    public int Dry;

    public Paint(int tin) => Tin = tin;

    public int Tin { get; init; }

    public bool Mix<TOther>(T first, ref List<TOther> others) => first is not null && others.Count == Dry && Hidden;

    private bool Hidden => Dry > 0;
}
