namespace KubeSim.Tests.Tidy;

/// <summary>A type of one room that mentions a type of another; "" is the namespace above the rooms.</summary>
internal readonly record struct RoomUse(string From, string FromType, string To, string ToType)
{
    public override string ToString() => $"{FromType} uses {ToType}";
}
