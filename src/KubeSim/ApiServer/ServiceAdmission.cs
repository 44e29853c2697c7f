using KubeSim.Api;
using KubeSim.ApiServer.Allocation;
using KubeSim.ApiServer.Defaulting;
using KubeSim.ApiServer.Validation;
using KubeSim.Simulation;

namespace KubeSim.ApiServer;

/// <summary>Admission of Services: allocation comes before validation, and is undone when validation refuses.</summary>
/// <source>kubernetes v1.36, pkg/registry/core/service/storage/storage.go</source>
internal sealed class ServiceAdmission
{
    internal ServiceAdmission(ApiServerOptions options, DeterministicRandom random) => Ranges = new Ranges(options, random);

    internal Ranges Ranges { get; }

    internal Service Create(Service value)
    {
        value = ServiceDefaults.Complete(value);
        value = value with { Status = ServiceStatus.Empty, Spec = ServiceTransition.Normalize(value.Spec, null) };
        var transaction = new AllocationTransaction(Ranges);
        bool done = false;
        try
        {
            value = ServiceAllocator.Create(value, Ranges, transaction);
            var errors = new FieldErrors();
            ServiceValidator.Check(errors, value);
            errors.ThrowIfAny(value);
            done = true;
            return value;
        }
        finally
        {
            if (!done)
            {
                transaction.Revert();
            }
        }
    }

    internal Service Update(Service old, Service value)
    {
        value = ServiceDefaults.Complete(value);
        ServiceSpec spec = ServiceTransition.Normalize(value.Spec, old.Spec);
        spec = ServiceTransition.Keep(ServiceTransition.Clear(spec, old.Spec), old.Spec);
        ServiceStatus status = value.Spec.Type == ServiceType.LoadBalancer || old.Status.LoadBalancer == LoadBalancerStatus.Empty
            ? old.Status : old.Status with { LoadBalancer = LoadBalancerStatus.Empty };
        value = value with { Spec = spec, Status = status };
        var transaction = new AllocationTransaction(Ranges);
        bool done = false;
        try
        {
            value = ServiceAllocator.Update(old, value, Ranges, transaction);
            var errors = new FieldErrors();
            ServiceValidator.CheckUpdate(errors, old, value);
            errors.ThrowIfAny(value);
            done = true;
        }
        finally
        {
            if (!done)
            {
                transaction.Revert();
            }
        }

        transaction.Commit();
        return value;
    }

    internal static Service UpdateStatus(Service old, Service value)
    {
        value = value with { Spec = old.Spec, Status = ServiceDefaults.Complete(value.Status) };
        var errors = new FieldErrors();
        ServiceValidator.CheckStatus(errors, old, value);
        errors.ThrowIfAny(value);
        return value;
    }

    /// <summary>Gives a Service what it held, after that went back.</summary>
    internal void Reinstate(Service service)
    {
        var transaction = new AllocationTransaction(Ranges);
        ServiceAllocator.Release(service.Spec, transaction);
        transaction.Retake();
    }

    internal void Release(Service gone)
    {
        var transaction = new AllocationTransaction(Ranges);
        ServiceAllocator.Release(gone.Spec, transaction);
        transaction.Commit();
    }
}
