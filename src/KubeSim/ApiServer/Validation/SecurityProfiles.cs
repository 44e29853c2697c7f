using KubeSim.Api;

namespace KubeSim.ApiServer.Validation;

/// <summary>The rules of the seccomp and AppArmor profiles of a Pod or container.</summary>
/// <source>kubernetes v1.36, pkg/apis/core/validation/validation.go, validateSeccompProfileField, ValidateAppArmorProfileField</source>
internal static class SecurityProfiles
{
    internal const string Localhost = "Localhost";
    private const string LocalhostProfile = "localhostProfile";
    private const int LongestProfile = 4095;

    internal static void Check(FieldErrors errors, string field, JsonValue? context)
    {
        CheckSeccomp(errors, $"{field}.seccompProfile", context?["seccompProfile"]);
        CheckAppArmor(errors, $"{field}.appArmorProfile", context?["appArmorProfile"]);
    }

    internal static void CheckRelativePath(FieldErrors errors, string field, string path)
    {
        if (path.StartsWith('/'))
        {
            errors.Invalid(field, path, "must be a relative path");
        }

        if (path.Split('/').Contains("..", StringComparer.Ordinal))
        {
            errors.Invalid(field, path, "must not contain '..'");
        }
    }

    private static void CheckSeccomp(FieldErrors errors, string field, JsonValue? profile)
    {
        if (profile is null)
        {
            return;
        }

        string type = profile["type"]?.Text ?? "";
        string? path = profile[LocalhostProfile]?.Text;
        if (type.Length == 0)
        {
            errors.Required($"{field}.type", "type is required when seccompProfile is set");
        }
        else if (type is not (Localhost or "RuntimeDefault" or "Unconfined"))
        {
            errors.NotSupported($"{field}.type", type, Localhost, "RuntimeDefault", "Unconfined");
        }

        if (type == Localhost)
        {
            if (path is null)
            {
                errors.Required($"{field}.{LocalhostProfile}", "must be set when seccomp type is Localhost");
            }
            else
            {
                CheckRelativePath(errors, $"{field}.{LocalhostProfile}", path);
            }
        }
        else if (path is not null)
        {
            errors.Invalid($"{field}.{LocalhostProfile}", path, "can only be set when seccomp type is Localhost");
        }
    }

    private static void CheckAppArmor(FieldErrors errors, string field, JsonValue? profile)
    {
        if (profile is null)
        {
            return;
        }

        string type = profile["type"]?.Text ?? "";
        string path = profile[LocalhostProfile]?.Text ?? "";
        switch (type)
        {
            case Localhost when path.Trim().Length == 0:
                errors.Required($"{field}.{LocalhostProfile}", "must be set when AppArmor type is Localhost");
                break;
            case Localhost when path.Trim() != path:
                errors.Invalid($"{field}.{LocalhostProfile}", path, "must not be padded with whitespace");
                break;
            case Localhost when path.Length > LongestProfile:
                errors.TooLong($"{field}.{LocalhostProfile}", LongestProfile);
                break;
            case Localhost:
                break;
            case "RuntimeDefault" or "Unconfined":
                if (profile[LocalhostProfile] is not null)
                {
                    errors.Invalid($"{field}.{LocalhostProfile}", path, "can only be set when AppArmor type is Localhost");
                }

                break;
            case "":
                errors.Required($"{field}.type", "type is required when appArmorProfile is set");
                break;
            default:
                errors.NotSupported($"{field}.type", type, Localhost, "RuntimeDefault", "Unconfined");
                break;
        }
    }
}
