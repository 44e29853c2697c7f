using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.Controllers;

/// <summary>Lists of conditions, one of each type.</summary>
internal static class Conditions
{
    /// <summary>The condition of that type, or null.</summary>
    public static Condition? Find(EquatableArray<Condition> conditions, string type)
    {
        foreach (Condition condition in conditions)
        {
            if (condition.Type == type)
            {
                return condition;
            }
        }

        return null;
    }

    public static bool IsTrue(EquatableArray<Condition> conditions, string type) => Find(conditions, type)?.Status == ConditionStatus.True;

    /// <summary>The list with the condition in it. One of the same status and reason stays as it is; one of the same status keeps the time of its transition.</summary>
    /// <source>kubernetes v1.36, pkg/controller/deployment/util, SetDeploymentCondition</source>
    public static EquatableArray<Condition> Set(EquatableArray<Condition> conditions, Condition condition)
    {
        Condition? present = Find(conditions, condition.Type);
        if (present is not null && present.Status == condition.Status && present.Reason == condition.Reason)
        {
            return conditions;
        }

        Condition next = present?.Status == condition.Status ? condition with { LastTransitionTime = present.LastTransitionTime } : condition;
        return Remove(conditions, condition.Type).Add(next);
    }

    /// <summary>The list without the condition of that type.</summary>
    public static EquatableArray<Condition> Remove(EquatableArray<Condition> conditions, string type)
    {
        for (int i = 0; i < conditions.Length; i++)
        {
            if (conditions[i].Type == type)
            {
                return conditions.RemoveAt(i);
            }
        }

        return conditions;
    }
}
