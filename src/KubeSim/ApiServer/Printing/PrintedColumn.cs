namespace KubeSim.ApiServer.Printing;

/// <summary>A column of a printed table.</summary>
/// <param name="Name">Its heading as the server gives it, such as <c>Cluster-IP</c>; kubectl prints it in upper case.</param>
/// <param name="IsWide">Whether only <c>-o wide</c> shows it.</param>
internal readonly record struct PrintedColumn(string Name, bool IsWide = false);
