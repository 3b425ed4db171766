using Vireo.Drivers.Qemu.Definition;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Domain;
using Vireo.Tests.Hypervisor;
using Vireo.Tests.Model;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu;

[Collection(nameof(Alone))]
public class MachineMemoryTests
{
    /// <summary>The project's limit for an inactive small domain is 10 KiB of the daemon's memory; half of it is left to the runtime.</summary>
    const long Most = 5 * 1024;

    static async Task<MachineActor<Life>> DefineAsync(MachineList<Life> list, int number)
    {
        DomainDef def = DefinitionPasses.Complete(
            DomainDef.Parse($"""
                <domain type='qemu'><name>small{number}</name><uuid>{Guid.NewGuid()}</uuid><memory unit='MiB'>64</memory><vcpu>1</vcpu>
                <os><type arch='x86_64' machine='pc'>hvm</type></os>
                <devices><serial type='pty'/><memballoon model='virtio'/></devices></domain>
                """),
            new DefinitionContext { Facts = TestFacts.Modern });
        await using var claim = await list.ClaimAsync(def.Name, def.Uuid!.Value, ClaimFor.Define, "define", TestContext.Current.CancellationToken);
        claim.Machine.Commit(s => s with { Persistent = def });
        claim.Publish();
        return claim.Machine;
    }

    [Fact]
    public async Task A_defined_machine_that_does_nothing_is_small()
    {
        long each = await Retained.PerItemAsync(2000, static async ValueTask<object> (count) =>
        {
            var list = new MachineList<Life>(new MachineOptions());
            var machines = new MachineActor<Life>[count];
            for (int i = 0; i < count; i++)
                machines[i] = await DefineAsync(list, i);
            foreach (MachineActor<Life> machine in machines)
                await Lives.Until(() => machine.DescribeHolder() is null);
            return list;
        });
        Assert.InRange(each, 100, Most);
    }
}
