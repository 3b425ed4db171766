using Vireo.Core.Xml.Schema;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Cpu;

namespace Vireo.Model.Documents;

/// <summary>What a host and its hypervisors can do. Only drivers write it, by hand (<see cref="Capabilities.CapabilitiesDef"/>); so its shape is written by hand too.</summary>
static class CapabilityDocument
{
    static readonly ValueShape Number = ValueShapes.Number<uint>();
    static readonly ValueShape CacheType = Forms.Words("both", "code", "data");
    static readonly ValueShape Cpus = Forms.Pattern("a list of CPUs, as 0-3,^2", @"([0-9]+(-[0-9]+)?|\^[0-9]+)(,([0-9]+(-[0-9]+)?|\^[0-9]+))*");

    /// <summary>What may stand in the document.</summary>
    public static Shape Shape { get; } = ShapeBuilder.Build("Capabilities", "What a host and its hypervisors can do.", static s =>
    {
        Host(s.Group("host", min: 1, summary: "The host itself."));
        Guest(s.Group("guest", max: 0, summary: "A kind of guest that can be run."));
    });

    static void Host(ShapeBuilder host)
    {
        host.Ordered().TextChild("uuid", ValueShapes.Uuid).Child("cpu", static () => CpuDocument.Host, 1);
        host.Group("power_management", summary: "Ways to sleep.").Flag("suspend_mem").Flag("suspend_disk").Flag("suspend_hybrid");
        host.Group("iommu", summary: "Whether devices can be given to guests safely.").Attribute("support", ValueShapes.YesNo);
        ShapeBuilder migration = host.Group("migration_features").Flag("live");
        migration.Group("uri_transports").TextChild("uri_transport", Forms.Words("tcp", "rdma", "vpxmigr", "vzmigr"), 1, 0);
        ShapeBuilder topology = host.Group("topology", summary: "NUMA nodes.");
        ShapeBuilder cells = topology.Group("cells", min: 1).Attribute("num", Number, required: true);
        Cell(cells.Group("cell", 1, 0));
        topology.Group("interconnects").Child("latency", static () => NumaLatency.XmlShape, max: 0).Child("bandwidth", static () => NumaBandwidth.XmlShape, max: 0);
        Allocation(host);
        ShapeBuilder model = host.Group("secmodel", max: 0, summary: "A security driver.").TextChild("model", ValueShapes.Text, 1).TextChild("doi", ValueShapes.Text, 1);
        model.Group("baselabel", max: 0).Attribute("type", ValueShapes.Text, required: true).Text(ValueShapes.Text);
    }

    static void Cell(ShapeBuilder cell)
    {
        cell.Ordered().Attribute("id", Number, required: true).Group("memory").Text(ValueShapes.Amount, required: true);
        cell.Group("pages", max: 0).Attribute("unit", ValueShapes.Unit).Attribute("size", Number, required: true).Text(Number, required: true);
        cell.Group("distances").Child("sibling", static () => NumaDistance.XmlShape, 1, 0);
        cell.Child("cache", static () => NumaCache.XmlShape, max: 0);
        ShapeBuilder cpus = cell.Group("cpus").Attribute("num", Number, required: true);
        cpus.Group("cpu", max: 0).Attribute("id", Number, required: true).Attribute("socket_id", Number).Attribute("die_id", Number).Attribute("core_id", Number).Attribute("siblings", Cpus)
            .Either(["@socket_id!", "@die_id!", "@core_id!", "@siblings!"], []);
    }

    static void Allocation(ShapeBuilder host)
    {
        ShapeBuilder cache = host.Group("cache", summary: "Caches and how they can be divided.");
        ShapeBuilder bank = cache.Group("bank", 1, 0).Attribute("id", Number, required: true).Attribute("level", Number, required: true).Attribute("type", CacheType, required: true)
            .Attribute("size", Number, required: true).Attribute("unit", ValueShapes.Unit, required: true).Attribute("cpus", Cpus, required: true);
        Control(bank).Attribute("unit", ValueShapes.Unit, required: true).Attribute("type", CacheType, required: true);
        Monitor(cache);
        ShapeBuilder memory = host.Group("memory_bandwidth", summary: "How bandwidth of memory can be divided.");
        Control(memory.Group("node", 1, 0).Attribute("id", Number, required: true).Attribute("cpus", Cpus, required: true));
        Monitor(memory);
    }

    static ShapeBuilder Control(ShapeBuilder of) =>
        of.Group("control", max: 0).Attribute("granularity", Number, required: true).Attribute("min", Number).Attribute("maxAllocs", Number, required: true);

    static void Monitor(ShapeBuilder of)
    {
        ShapeBuilder monitor = of.Group("monitor").Attribute("level", Number).Attribute("reuseThreshold", Number).Attribute("maxMonitors", Number, required: true);
        monitor.Either(["@level!", "@reuseThreshold!"], []).Group("feature", 1, 0)
            .Attribute("name", Forms.Pattern("a name that begins with llc_ or mbm_", @"(llc_|mbm_)[a-zA-Z0-9\-_]+"), required: true);
    }

    static void Guest(ShapeBuilder guest)
    {
        guest.Ordered().TextChild("os_type", Forms.Words("hvm", "xen", "linux", "exe", "uml"), 1);
        ShapeBuilder arch = guest.Group("arch", min: 1).Ordered().Attribute("name", OsDef.Architecture, required: true).TextChild("wordsize", Forms.Words("31", "32", "64"), 1)
            .TextChild("emulator", Forms.AbsolutePath).TextChild("loader", Forms.AbsolutePath);
        Machines(arch);
        Machines(arch.Group("domain", 1, 0).Ordered().Attribute("type", Forms.Words("qemu", "kqemu", "kvm", "xen", "uml", "lxc", "openvz", "test"), required: true)
            .TextChild("emulator", Forms.AbsolutePath));
        ShapeBuilder features = guest.Group("features").Flag("pae").Flag("nonpae").Flag("ia64_be").Flag("cpuselection").Flag("deviceboot");
        foreach (string name in (string[])["acpi", "apic", "disksnapshot", "hap"])
            features.Group(name).Attribute("toggle", ValueShapes.YesNo, required: true).Attribute("default", ValueShapes.OnOff, required: true);
    }

    static void Machines(ShapeBuilder of) =>
        of.Group("machine", max: 0).Attribute("canonical", ValueShapes.Text).Attribute("maxCpus", Number).Attribute("deprecated", ValueShapes.YesNo).Text(ValueShapes.Text, required: true);
}
