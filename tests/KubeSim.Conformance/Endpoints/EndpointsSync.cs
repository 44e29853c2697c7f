using KubeSim.Api;
using KubeSim.Controllers.EndpointSlices;
using KubeSim.Controllers.EndpointsObjects;

namespace KubeSim.Conformance.Endpoints;

/// <summary>One sync of the controller of Endpoints.</summary>
internal sealed class EndpointsSync(ControllersUnderTest world, SyncOutcome outcome)
{
    public void Run()
    {
        foreach (NamespacedName name in world.Configuration.Keys ?? [.. world.KnownServices])
        {
            Api.Endpoints? existing = world.Endpoints.GetValueOrDefault(name);
            if (!world.Services.TryGetValue(name, out Service? service))
            {
                Remove(existing);
            }
            else if (EndpointSliceReconciler.IsFor(service))
            {
                Write(service, existing);
            }
        }
    }

    private void Remove(Api.Endpoints? left)
    {
        if (left is not null)
        {
            world.Endpoints.Remove(left.Name);
            outcome.Endpoints = outcome.Endpoints with { Deletes = outcome.Endpoints.Deletes + 1 };
        }
    }

    private void Write(Service service, Api.Endpoints? existing)
    {
        var reconciler = new EndpointsReconciler(service);
        var state = new EndpointsState();
        List<Pod> pods = world.PodsOf(service);
        state.Fill(pods, reconciler);
        string? time = TriggerTimes.Text(world.EndpointsTimesOf(service.Name).Next(service, pods));
        if (reconciler.Reconcile(state.Members, existing, time) is not { } wanted)
        {
            return;
        }

        world.Endpoints[service.Name] = wanted;
        outcome.Endpoints = existing is null
            ? outcome.Endpoints with { Creates = outcome.Endpoints.Creates + 1 }
            : outcome.Endpoints with { Updates = outcome.Endpoints.Updates + 1 };
    }
}
