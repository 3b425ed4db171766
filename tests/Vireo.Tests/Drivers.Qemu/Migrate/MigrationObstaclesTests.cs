using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Blocks.Jobs;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Migrate;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Domain;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.Migrate;

/// <summary>What of a machine's own keeps it where it is, whatever the target is like.</summary>
public sealed class MigrationObstaclesTests
{
    static MachineSnapshot Machine(string devices = "") => new()
    {
        Name = "g", Uuid = Uuid.NewRandom(), Id = 1, Condition = new(DomainState.Running, 1),
        Live = DomainDef.Parse("<domain type='qemu'><name>g</name><memory>1</memory><os><type>hvm</type></os>" + $"<devices>{devices}</devices></domain>"),
    };

    static List<MigrationObstacle> Find(LiveQemu? live, DomainMigrateFlags flags = DomainMigrateFlags.Live, int snapshots = 0) =>
        [.. MigrationObstacles.Find(Machine(), live, new MigrationOrder { Flags = flags }, [], snapshots, static () => true)];

    static LiveQemu Run() => new(null!, null!, null!, new RunPlaces("/nowhere", "/nowhere"));

    [Fact]
    public void A_machine_without_any_may_go() => Assert.Empty(Find(Run()));

    [Fact]
    public void Snapshots_keep_it_running_or_not()
    {
        foreach (LiveQemu? live in new[] { Run(), null })
        {
            MigrationObstacle found = Assert.Single(Find(live, snapshots: 2));
            Assert.Equal((ErrorCode.OperationInvalid, "cannot migrate domain with 2 snapshots"), (found.Code, found.Text));
        }
    }

    [Fact]
    public void What_its_TPM_remembers_goes_along_or_keeps_it()
    {
        MachineSnapshot machine = Machine("<tpm model='tpm-tis'><backend type='emulator' version='2.0'/></tpm>");
        var order = new MigrationOrder { Flags = DomainMigrateFlags.Live };
        Assert.Empty(MigrationObstacles.Find(machine, Run(), order, [], 0, static () => false));
        MigrationObstacle found = Assert.Single(MigrationObstacles.Find(machine, Run(), order, [], 0, static () => true));
        Assert.Equal((ErrorCode.NoSupport, "the running swtpm does not support migration with shared storage"), (found.Code, found.Text));
        Assert.Empty(MigrationObstacles.Find(machine, null, order with { Flags = DomainMigrateFlags.Offline }, [], 0, static () => true));
    }

    [Fact]
    public void Jobs_on_its_blocks_keep_what_runs()
    {
        LiveQemu live = Run();
        live.BlockJobs.Add(new BlockJob("pull-vda-libvirt-1-format", DomainBlockJobType.Pull, "vda"));
        Assert.Equal("domain has active block job", Assert.Single(Find(live)).Text);
        Assert.Empty(Find(live, DomainMigrateFlags.Offline));
    }
}
