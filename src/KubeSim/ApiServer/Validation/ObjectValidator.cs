using KubeSim.Api;

namespace KubeSim.ApiServer.Validation;

/// <summary>The rules of an object as it stands, whatever its kind.</summary>
/// <source>kubernetes v1.36, pkg/registry, the strategies' Validate and ValidateUpdate</source>
internal static class ObjectValidator
{
    /// <summary>The rules of a new object.</summary>
    internal static void Check(FieldErrors errors, KubernetesObject value)
    {
        var ofSpec = new FieldErrors();
        if (value is Pod pod)
        {
            PodSpecValidator.Check(ofSpec, "spec", pod.Spec);
        }

        Check(errors, value, ofSpec);
    }

    /// <summary>The same where a Pod's spec has been checked already.</summary>
    /// <param name="errors">Where faults go.</param>
    /// <param name="value">What is checked.</param>
    /// <param name="ofSpec">What was found in the spec.</param>
    internal static void Check(FieldErrors errors, KubernetesObject value, FieldErrors ofSpec)
    {
        switch (value)
        {
            case Pod pod:
                PodValidator.CheckMetadata(errors, pod);
                errors.AddAll(ofSpec);
                PodValidator.CheckTogether(errors, pod);
                break;
            case Service service:
                ServiceValidator.Check(errors, service);
                break;
            case EndpointSlice slice:
                EndpointSliceValidator.Check(errors, slice);
                break;
            case Endpoints endpoints:
                EndpointsValidator.Check(errors, endpoints);
                break;
            case Deployment deployment:
                WorkloadValidator.Check(errors, deployment);
                break;
            case ReplicaSet replicaSet:
                WorkloadValidator.Check(errors, replicaSet);
                break;
            case Node node:
                NodeValidator.Check(errors, node);
                break;
            case Namespace space:
                NamespaceValidator.Check(errors, space);
                break;
            default:
                Metadata.Check(errors, value, Names.CheckSubdomain);
                break;
        }
    }

    /// <summary>The rules of a change of anything but the status.</summary>
    internal static void CheckUpdate(FieldErrors errors, KubernetesObject old, KubernetesObject value)
    {
        switch (value)
        {
            case Pod pod:
                PodValidator.CheckUpdate(errors, (Pod)old, pod);
                break;
            case Service service:
                ServiceValidator.CheckUpdate(errors, (Service)old, service);
                break;
            case EndpointSlice slice:
                EndpointSliceValidator.CheckUpdate(errors, (EndpointSlice)old, slice);
                break;
            case Endpoints endpoints:
                EndpointsValidator.CheckUpdate(errors, (Endpoints)old, endpoints);
                break;
            case Deployment deployment:
                WorkloadValidator.CheckUpdate(errors, (Deployment)old, deployment);
                break;
            case ReplicaSet replicaSet:
                WorkloadValidator.CheckUpdate(errors, (ReplicaSet)old, replicaSet);
                break;
            case Node node:
                NodeValidator.CheckUpdate(errors, (Node)old, node);
                break;
            case Namespace space:
                NamespaceValidator.CheckUpdate(errors, (Namespace)old, space);
                break;
            default:
                Metadata.CheckUpdate(errors, old, value);
                break;
        }
    }

    /// <summary>The rules of a change of the status.</summary>
    internal static void CheckStatus(FieldErrors errors, KubernetesObject old, KubernetesObject value)
    {
        switch (value)
        {
            case Service service:
                ServiceValidator.CheckStatus(errors, (Service)old, service);
                break;
            case Namespace space:
                NamespaceValidator.CheckStatus(errors, (Namespace)old, space);
                break;
            default:
                Metadata.CheckUpdate(errors, old, value);
                break;
        }
    }

    /// <summary>The rules of a change of who holds a namespace.</summary>
    internal static void CheckFinalize(FieldErrors errors, KubernetesObject old, KubernetesObject value) =>
        NamespaceValidator.CheckUpdate(errors, (Namespace)old, (Namespace)value);
}
