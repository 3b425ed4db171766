using System.Reflection;
using System.Text;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Interface;
using Vireo.Drivers.Network;
using Vireo.Host.Processes;
using Vireo.Host;
using Vireo.Drivers.NodeDevice;
using Vireo.Drivers.NwFilter;
using Vireo.Drivers.Qemu.Probe;
using Vireo.Drivers.Secret;
using Vireo.Drivers.Test;
using Vireo.EndToEnd.Harness;
using Vireo.EndToEnd.Qemu;
using Vireo.Tests.Drivers.Storage;
using Xunit;

namespace Vireo.EndToEnd.Docs;

/// <summary>docs/support.md is what the definitions and the drivers say. VIREO_UPDATE_DOCS=1 writes it anew.</summary>
public class SupportTableTests
{
    [Fact]
    public async Task The_support_table_is_what_the_drivers_offer()
    {
        await using QemuRoot qemu = await new QemuRoot().StartAsync();
        await using IDriverConnection test =
            (await TestDriver.Create().OpenAsync(ConnectionUri.Parse("test:///default"), Caller.Self, CancellationToken.None))!;

        await using NetworkDriver networks = NetworkDriver.Create(new NetworkDriverOptions { Paths = qemu.Paths, Processes = qemu.Processes, LeaseCommand = [] });

        await using NwFilterDriver filters = NwFilterDriver.Create(new NwFilterDriverOptions { Paths = qemu.Paths with { Privileged = true }, Processes = qemu.Processes });
        await using var storage = new StorageRoot();
        await storage.StartAsync();
        SecretDriver secrets = SecretDriver.Create(new SecretDriverOptions { Paths = storage.Paths });
        using var devices = new Devices(storage.Paths);
        Directory.CreateDirectory(Path.Join(storage.Folder, "etc/netplan"));        // changes are for hosts that have files of their network
        InterfaceDriver interfaces = InterfaceDriver.Create(new InterfaceDriverOptions { Paths = storage.Paths, SystemRoot = storage.Folder, Processes = qemu.Processes });
        // What a hypervisor's connection offers in a daemon that has these drivers too.
        string table = Table([.. qemu.Connection.Capabilities.AndAlso(networks.Offers).AndAlso(filters.Capabilities).AndAlso(storage.Driver.Capabilities).AndAlso(secrets.Capabilities).AndAlso(devices.Driver.Capabilities).AndAlso(interfaces.Capabilities).Types], test.Capabilities.Types.ToHashSet());

        string page = Path.Join(Pages.Folder, "support.md");
        if (Environment.GetEnvironmentVariable("VIREO_UPDATE_DOCS") is "1")
            await File.WriteAllTextAsync(page, table, CancellationToken.None);
        Assert.Equal(await File.ReadAllTextAsync(page, CancellationToken.None), table);
    }

    [Fact]
    public async Task No_operation_that_is_marked_answers_that_it_is_not_supported()
    {
        await using QemuRoot qemu = await new QemuRoot().StartAsync();
        DomainRef guest = await qemu.Get<IDomainDefinition>().DefineAsync(Guests.Tiny("marked"), 0, CancellationToken.None);
        await using IDriverConnection test =
            (await TestDriver.Create().OpenAsync(ConnectionUri.Parse("test:///default"), Caller.Self, CancellationToken.None))!;
        DomainRef domain = await test.Capabilities.Find<IDomainLookup>()!.LookupByNameAsync("test", CancellationToken.None);

        Assert.Empty(await UnsupportedAsync(test.Capabilities, domain));
        Assert.Empty(await UnsupportedAsync(qemu.Connection.Capabilities, guest));
        await using var storage = new StorageRoot();
        await storage.StartAsync();
        Assert.Empty(await UnsupportedAsync(storage.Driver.Capabilities, guest));
        Assert.Empty(await UnsupportedAsync(SecretDriver.Create(new SecretDriverOptions { Paths = storage.Paths }).Capabilities, guest));
        using var devices = new Devices(storage.Paths);
        Assert.Empty(await UnsupportedAsync(devices.Driver.Capabilities, guest));
        Assert.Empty(await UnsupportedAsync(InterfaceDriver.Create(new InterfaceDriverOptions { Paths = storage.Paths }).Capabilities, guest));
    }

    // Not started: it knows no device.
    sealed class Devices(HostPaths paths) : IDisposable
    {
        readonly ProcessHost processes = new(Launcher.Find(Environment.GetEnvironmentVariable(Launcher.Variable), AppContext.BaseDirectory));

        public NodeDeviceDriver Driver => field ??= NodeDeviceDriver.Create(new NodeDeviceDriverOptions { Paths = paths, Processes = new(processes) });

        public void Dispose() => processes.Dispose();
    }

    /// <summary>Calls every operation that is offered, with arguments that are wrong for most: any answer will do but one.</summary>
    static async Task<List<string>> UnsupportedAsync(CapabilitySet offered, DomainRef domain)
    {
        var unsupported = new List<string>();
        foreach (Type type in offered.Types)
        {
            object part = typeof(CapabilitySet).GetMethod(nameof(CapabilitySet.Find))!.MakeGenericMethod(type).Invoke(offered, null)!;
            foreach (MethodInfo method in type.GetMethods().Where(m => m.GetCustomAttribute<ProcedureAttribute>() is not null))
            {
                try
                {
                    object? result = method.Invoke(part, [.. method.GetParameters().Select(p => Argument(p.ParameterType, domain))]);
                    await (Task)result!.GetType().GetMethod("AsTask")!.Invoke(result, null)!;
                }
                catch (Exception e)
                {
                    if ((e is TargetInvocationException { InnerException: { } inner } ? inner : e) is VireoException { Code: ErrorCode.NoSupport })
                        unsupported.Add($"{type.Name}.{method.Name}");
                }
            }
        }
        return unsupported;
    }

    static object? Argument(Type type, DomainRef domain) =>
        type == typeof(DomainRef) ? domain
        : type == typeof(string) ? "/nowhere/x"
        : type.IsArray ? Array.CreateInstance(type.GetElementType()!, 0)
        : type.IsValueType ? Activator.CreateInstance(type)
        : null;

    static string Table(HashSet<Type> qemu, HashSet<Type> test)
    {
        var rows = typeof(CapabilityAttribute).Assembly.GetTypes()
            .Where(type => type.IsInterface && type.GetCustomAttribute<CapabilityAttribute>() is not null)
            .SelectMany(type => type.GetMethods(), (type, method) => (type, method, procedure: method.GetCustomAttribute<ProcedureAttribute>()))
            .Where(row => row.procedure is not null && row.type.GetCustomAttribute<CapabilityAttribute>()!.Since is null)
            .Select(row => (row.type.GetCustomAttribute<CapabilityAttribute>()!.Program, row.procedure!.Number, Symbol: row.method.GetCustomAttribute<CExportAttribute>()?.Symbol ?? "",
                Qemu: qemu.Contains(row.type), Test: test.Contains(row.type)))
            .OrderBy(row => row.Program).ThenBy(row => row.Number)
            .ToList();
        var page = new StringBuilder();
        page.Append("""
            # What is there

            Made by a test from the definitions of the operations and from what the drivers offer; not written by hand
            (`VIREO_UPDATE_DOCS=1 ./test` writes it anew). Every procedure of libvirt 9.0.0 is defined; one without a mark answers
            `VIR_ERR_NO_SUPPORT`, as libvirt does where a driver has no function for it. The programs admin, log and lock are no
            driver's: the daemon and its managers answer all of them.


            """.ReplaceLineEndings("\n"));
        page.Append($"{rows.Count} procedures are defined; the QEMU driver offers {rows.Count(r => r.Qemu)}, the test driver {rows.Count(r => r.Test)}.\n\n");
        page.Append("| program | procedure | C function | QEMU | test |\n|---|---:|---|:-:|:-:|\n");
        foreach (var row in rows)
            page.Append($"| {row.Program.ToString().ToLowerInvariant()} | {row.Number} | {row.Symbol} | {(row.Qemu ? "yes" : "")} | {(row.Test ? "yes" : "")} |\n");
        page.Append("""

            ## Versions of QEMU

            What a binary can do is asked of it. The answers of these were recorded, and the tests ask the recordings again; 7.2.0 is also the one that runs in the tests.

            | QEMU | recorded |
            |---|---|

            """.ReplaceLineEndings("\n"));
        foreach (var (version, archs) in TestedVersions.All)
            page.Append($"| {version} | {(archs.Count == 0 ? "untested" : string.Join(", ", archs))} |\n");
        page.Append("| others | untested |\n");
        return page.ToString();
    }
}
