using System;
using System.Collections.Generic;
using System.Linq;

namespace Vireo.Generators.CAbi;

/// <summary>Functions that look at a handle alone: its references, and what it holds.</summary>
static class HandleEmitter
{
    static readonly Dictionary<string, string> fields = new Dictionary<string, string>
    {
        ["GetName"] = "Name", ["GetPortDev"] = "Name", ["GetKey"] = "Extra", ["GetMACString"] = "Extra", ["GetUsageID"] = "Extra", ["GetFilterName"] = "Extra",
        ["GetUsageType"] = "Id", ["GetTransport"] = "Id", ["GetID"] = "Number", ["GetTimestamp"] = "Since", ["GetConnect"] = "Connection", ["GetDomain"] = "Parent", ["GetNetwork"] = "Parent",
    };

    /// <summary>Beyond the check of the handle; null: it is no such function.</summary>
    public static string? Emit(CFunction f)
    {
        if (f.Parameters.Length == 0 || !f.Parameters[0].IsHandle)
            return null;
        CParameter handle = f.Parameters[0];
        if (handle.Type == "virConnectPtr" && !f.Name.EndsWith("Ref", StringComparison.Ordinal))
            return null;
        string prefix = handle.Type.Substring(0, handle.Type.Length - 3);
        if (!f.Name.StartsWith(prefix, StringComparison.Ordinal))
            return null;
        string verb = f.Name.Substring(prefix.Length), domain = $"ErrorDomain.{f.Domain}";
        string check = $"HandleTable.Check({handle.Safe}, HandleKind.{CFunction.HandleKinds[handle.Type]}, \"{f.Name}\", {domain});\n            ";
        string NotNull(CParameter p) => $"Arguments.NotNull({p.Safe}, \"{p.Name}\", \"{f.Name}\", {domain});\n            ";
        if (f.Parameters.Length == 1 && fields.TryGetValue(verb, out string? field))
            return $"{check}return {handle.Safe}->{field};";
        return verb switch
        {
            "Ref" => $"{check}HandleTable.Hold({handle.Safe});\n            return 0;",
            "Free" when f.Library == "libvirt-admin" => $"if ({handle.Safe} is null)\n                return 0;\n            {check}HandleTable.Release({handle.Safe});\n            return 0;",
            "Free" => $"{check}HandleTable.Release({handle.Safe});\n            return 0;",
            "GetUUID" => $"{check}{NotNull(f.Parameters[1])}Refs.Id({handle.Safe}).CopyTo(new Span<byte>({f.Parameters[1].Safe}, 16));\n            return 0;",
            "GetUUIDString" => $"{check}{NotNull(f.Parameters[1])}Results.UuidText({f.Parameters[1].Safe}, Refs.Id({handle.Safe}));\n            return 0;",
            _ => null,
        };
    }
}
