using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.Kubelet;

/// <summary>The field status.initContainerStatuses: ordinary init containers end before the others start, sidecars stay.</summary>
internal static class InitContainerStatuses
{
    private const string Field = "initContainerStatuses";

    /// <summary>The Pod's further status fields with the states of its init containers.</summary>
    /// <param name="pod">The Pod.</param>
    /// <param name="state">The state of containers that run, or that wait.</param>
    /// <param name="isDone">Whether init containers have ended and sidecars run.</param>
    public static CarriedFields AddTo(Pod pod, JsonValue state, bool isDone)
    {
        if (pod.Spec.InitContainers.IsEmpty)
        {
            return pod.Status.Carried;
        }

        JsonValue ended = JsonValue.OfObject([new("terminated", JsonValue.OfObject([new("exitCode", JsonValue.OfNumber(0)), new("reason", JsonValue.OfText("Completed"))]))]);
        var items = new JsonValue[pod.Spec.InitContainers.Length];
        for (int i = 0; i < items.Length; i++)
        {
            Container container = pod.Spec.InitContainers[i];
            bool isSidecar = PodConditions.IsSidecar(container);
            JsonValue image = JsonValue.OfText(container.Image ?? "");
            items[i] = JsonValue.OfObject(
            [
                new("image", image), new("imageID", image), new("name", JsonValue.OfText(container.Name)), new("ready", JsonValue.OfBoolean(isDone)),
                new("restartCount", JsonValue.OfNumber(0)), new("started", JsonValue.OfBoolean(isDone && isSidecar)), new("state", isDone && !isSidecar ? ended : state),
            ]);
        }

        var fields = new List<JsonField>();
        foreach (JsonField field in pod.Status.Carried.Fields)
        {
            if (field.Name != Field)
            {
                fields.Add(field);
            }
        }

        fields.Add(new(Field, JsonValue.OfList(new(items))));
        return new(new EquatableArray<JsonField>([.. fields]));
    }
}
