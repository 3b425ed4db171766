namespace Vireo.Conformance.Runner;

/// <summary>The suites that Vireo has an adapter for.</summary>
static class AllSuites
{
    static readonly Dictionary<string, Suite> all = new Suite[]
    {
        new Cpu.CpuSuite(),
        new Capabilities.HostCpuSuite(),
        new Schemas.SchemasSuite(),
        new Domain.DomainXmlSuite(),
        new Network.NetworkXmlSuite(),
        new Network.NetworkPortXmlSuite(),
        new Network.NetworkUpdateSuite(),
        new Network.NameServiceSuite(),
        new Network.NetworkFirewallSuite(),
        new Network.BandwidthSuite(),
        new Network.OpenVSwitchSuite(),
        new Network.FilterXmlSuite(),
        new Network.FilterBindingXmlSuite(),
        new Network.InterfaceXmlSuite(),
        new Network.SecretXmlSuite(),
        new Bhyve.BhyveXmlSuite(),
        new Lxc.LxcXmlSuite(),
        new Qemu.QemuXmlSuite(),
        new Qemu.QemuCommandLineSuite(),
        new HostData.PciVpdSuite(),
        new HostData.FileUtilsSuite(),
        new HostData.ProcessStatSuite(),
        new HostData.ResctrlSuite(),
        new Texts.UriSuite(),
        new Texts.ConfSuite(),
        new Texts.JsonSuite(),
        new Texts.KeycodeSuite(),
        new Texts.NetDaemonSuite(),
        new Texts.MacMapSuite(),
        new Texts.NssSuite(),
        new Texts.SysinfoSuite(),
        new Texts.SelinuxLabelSuite(),
        new HostData.CgroupSuite(),
        new Qemu.QemuBlockSuite(),
        new Qemu.StorageSourceSuite(),
        new Qemu.MemoryLockSuite(),
        new Qemu.QemuStatusSuite(),
        new Qemu.MigrationCookieSuite(),
        new Storage.StoragePoolSuite(),
        new Storage.StorageVolumeSuite(),
        new Storage.StoragePoolCapabilitiesSuite(),
        new Storage.PoolCommandSuite(),
        new Storage.VolumeCommandSuite(),
        new Storage.GlusterSuite(),
        new Snapshot.SnapshotSuite(),
        new Snapshot.CheckpointSuite(),
        new NodeDevice.NodeDeviceSuite(),
        new NodeDevice.MdevctlSuite(),
        new Backup.BackupSuite(),
        new Qemu.FirmwareSuite(),
        new Qemu.VhostUserSuite(),
        new Qemu.QemuCapabilitiesSuite(),
        new Capabilities.DomainCapabilitiesSuite(),
        new Capabilities.GuestCapabilitiesSuite(),
        new Capabilities.HostCapabilitiesSuite(),
        new Virsh.VirshSuite(),
    }.ToDictionary(static s => s.Name, StringComparer.Ordinal);

    public static IEnumerable<Suite> All => all.Values;

    public static Suite? Find(string name) => all.GetValueOrDefault(name);
}
