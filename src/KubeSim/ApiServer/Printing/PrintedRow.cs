using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.ApiServer.Printing;

/// <summary>One object of a printed table: a cell for each column, wide ones included.</summary>
internal sealed record PrintedRow(KubernetesObject Object, EquatableArray<string> Cells);
