using System.Collections;
using System.Reflection;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;

namespace Vireo.Tests.Remote.Access;

/// <summary>
/// A driver that can do everything there is, and does nothing but note it. It has two objects of each kind, called "mine" and "other".
/// </summary>
public sealed class AnyDriver : IDriver, IDriverConnection
{
    internal static Uuid Mine { get; } = Parse("00000000-0000-0000-0000-00000000aaaa");
    internal static Uuid Other { get; } = Parse("00000000-0000-0000-0000-00000000bbbb");

    static Uuid Parse(string text) => Uuid.TryParse(text, out Uuid uuid) ? uuid : throw new ArgumentException(text);

    public AnyDriver()
    {
        var parts = new Dictionary<Type, object>();
        foreach (Type type in typeof(IDriver).Assembly.GetTypes().Where(t => t.GetCustomAttribute<CapabilityAttribute>() is not null))
        {
            var part = (AnyCapability)typeof(DispatchProxy).GetMethod("Create", 2, [])!.MakeGenericMethod(type, typeof(AnyCapability)).Invoke(null, null)!;
            part.Owner = this;
            parts[type] = part;
        }
        Capabilities = CapabilitySet.From(parts);
    }

    /// <summary>Numbers of the procedures that were run.</summary>
    internal HashSet<int> Ran { get; } = [];

    public string Type => "ANY";
    public string Uri => "any:///";
    public CapabilitySet Capabilities { get; }

    public ValueTask<IDriverConnection?> OpenAsync(ConnectionUri? uri, Caller caller, CancellationToken cancel) => new(this);

    public ValueTask DisposeAsync() => default;

    /// <summary>Who wants to hear of QEMU's own events.</summary>
    internal Action<QemuMonitorEvent>? MonitorSink { get; private set; }

    internal object? Run(MethodInfo method, object?[] arguments)
    {
        if (method.GetCustomAttribute<ProcedureAttribute>() is { } procedure)
            Ran.Add(procedure.Number);
        if (arguments.OfType<Action<QemuMonitorEvent>>().FirstOrDefault() is { } sink)
            MonitorSink = sink;
        if (method.ReturnType == typeof(ValueTask))
            return default(ValueTask);
        Type result = method.ReturnType.GetGenericArguments()[0];
        return Activator.CreateInstance(method.ReturnType, method.Name.EndsWith("XmlAsync", StringComparison.Ordinal) && result == typeof(string)
            ? $"<domain><name>{Which(arguments)}</name></domain>"
            : Sample(result, Which(arguments)));
    }

    /// <summary>The object that the arguments tell: by uuid where there is one.</summary>
    static string Which(object?[] arguments)
    {
        foreach (object? argument in arguments)
        {
            Uuid? uuid = argument switch { Uuid u => u, DomainRef d => d.Uuid, NetworkRef n => n.Uuid, SecretRef s => s.Uuid, _ => null };
            if (uuid is { } asked)
                return asked == Other ? "other" : asked == Mine ? "mine" : throw new VireoException(ErrorCode.NoDomain, ErrorDomain.Test, "nobody has it");
        }
        return arguments.Any(a => a is "other" or StorageVolumeRef { Name: "other" } or NetworkPortRef { Network.Name: "other" }) ? "other" : "mine";
    }

    static object? Sample(Type type, string which)
    {
        Uuid uuid = which is "other" ? Other : Mine;
        object? known = type.Name switch
        {
            nameof(DomainRef) => new DomainRef(which, uuid, 1),
            nameof(NetworkRef) => new NetworkRef(which, uuid),
            nameof(NetworkPortRef) => new NetworkPortRef(new(which, uuid), uuid),
            nameof(StoragePoolRef) => new StoragePoolRef(which, uuid),
            nameof(StorageVolumeRef) => new StorageVolumeRef(which, which, "/" + which),
            nameof(InterfaceRef) => new InterfaceRef(which, "mac"),
            nameof(NodeDeviceRef) => new NodeDeviceRef(which),
            nameof(SecretRef) => new SecretRef(uuid, SecretUsageType.Volume, which),
            nameof(NwFilterRef) => new NwFilterRef(which, uuid),
            nameof(NwFilterBindingRef) => new NwFilterBindingRef(which, "filter"),
            nameof(DomainStatistics) => new DomainStatistics(new(which, uuid, 1), []),
            nameof(MachineJobs) => new MachineJobs(new(which, uuid, 1), []),
            nameof(AdminServerRef) => new AdminServerRef(which),
            nameof(AdminClientRef) => new AdminClientRef(new(which), 1, 0, ClientTransport.Unix),
            _ when type == typeof(WithFiles<string>) => new WithFiles<string>(which, []),
            nameof(LoggingOutputs) => new LoggingOutputs(which, 1),
            nameof(String) => which,
            _ => null,
        };
        if (known is not null)
            return known;
        if (type.IsArray)
        {
            Type item = type.GetElementType()!;
            object?[] two = [Sample(item, "mine"), Sample(item, "other")];
            bool named = two[0] is not null && (item.Name.EndsWith("Ref", StringComparison.Ordinal) || item == typeof(string) || item == typeof(DomainStatistics) || item == typeof(MachineJobs));
            var all = Array.CreateInstance(item, named ? 2 : 0);
            for (int i = 0; i < all.Length; i++)
                all.SetValue(two[i], i);
            return all;
        }
        return type == typeof(IAsyncDisposable) ? new Nothing() : type.IsValueType ? Activator.CreateInstance(type) : null;
    }

    sealed class Nothing : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => default;
    }
}

/// <summary>One capability of it.</summary>
public class AnyCapability : DispatchProxy
{
    internal AnyDriver Owner { get; set; } = null!;

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Owner.Run(targetMethod!, args ?? []);
}
