using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;

namespace Vireo.Remote.Forward;

/// <summary>Who calls, as one daemon tells another.</summary>
static class WireIdentity
{
    static readonly (string, ParameterType)[] known =
    [
        ("user-name", ParameterType.String), ("unix-user-id", ParameterType.ULong), ("group-name", ParameterType.String), ("unix-group-id", ParameterType.ULong),
        ("process-id", ParameterType.Long), ("process-time", ParameterType.ULong), ("sasl-user-name", ParameterType.String),
        ("x509-distinguished-name", ParameterType.String), ("selinux-context", ParameterType.String),
    ];

    /// <summary>What is known of a caller.</summary>
    internal static TypedParameter[] Of(Caller caller)
    {
        var told = new List<TypedParameter>(9);
        if (caller.UserName is { } user)
            told.Add(new("user-name", user));
        if (caller.UserId is { } uid)
            told.Add(new("unix-user-id", (ulong)uid));
        if (caller.Groups is [{ } group, ..])
            told.Add(new("group-name", group));
        if (caller.GroupId is { } gid)
            told.Add(new("unix-group-id", (ulong)gid));
        if (caller.ProcessId is { } pid)
            told.Add(new("process-id", (long)pid));
        if (caller.ProcessStart is { } start)
            told.Add(new("process-time", start));
        if (caller.SaslName is { } sasl)
            told.Add(new("sasl-user-name", sasl));
        if (caller.TlsName is { } name)
            told.Add(new("x509-distinguished-name", name));
        if (caller.SecurityLabel is { } label)
            told.Add(new("selinux-context", label));
        return [.. told];
    }

    /// <summary>What is not told is unknown: nothing of the one in between is lent to the client behind it.</summary>
    internal static Caller Read(TypedParameter[] identity, bool readOnly)
    {
        var caller = new Caller(readOnly);
        ParameterRules.Check(identity, known);
        foreach (TypedParameter one in identity)
        {
            caller = one.Name switch
            {
                "user-name" => caller with { UserName = one.AsString },
                "unix-user-id" => caller with { UserId = Id(one) },
                "group-name" => caller with { Groups = [one.AsString] },
                "unix-group-id" => caller with { GroupId = Id(one) },
                "process-id" => caller with { ProcessId = Process(one) },
                "process-time" => caller with { ProcessStart = one.AsULong },
                "sasl-user-name" => caller with { SaslName = one.AsString },
                "x509-distinguished-name" => caller with { TlsName = one.AsString },
                _ => caller with { SecurityLabel = one.AsString }, // selinux-context: there is no other name
            };
        }
        return caller;
    }

    static uint Id(TypedParameter parameter) => parameter.AsULong is <= uint.MaxValue and var id
        ? (uint)id
        : throw VireoException.InvalidArgument(ErrorDomain.Rpc, $"value {parameter.AsULong} of '{parameter.Name}' is too large");

    static int Process(TypedParameter parameter) => parameter.AsLong is > 0 and <= int.MaxValue and var id
        ? (int)id
        : throw VireoException.InvalidArgument(ErrorDomain.Rpc, $"value {parameter.AsLong} of '{parameter.Name}' is no process");
}
