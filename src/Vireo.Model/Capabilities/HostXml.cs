using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.Capabilities;

/// <summary>Writes <c>&lt;host&gt;</c>.</summary>
static class HostXml
{
    static readonly string[] units = ["KiB", "MiB", "GiB", "TiB"];

    public static void Write(XmlOutput o, HostDef host)
    {
        o.Open("host");
        o.TextElement("uuid", host.Uuid?.ToString());
        Cpu(o, host.Cpu);
        o.Open("power_management");
        foreach (string mode in host.PowerModes)
            o.Empty(mode);
        o.Close("power_management");
        o.Element("iommu", ("support", XmlOutput.YesNo(host.Iommu)));
        if (host.Migration is { } migration)
            Migration(o, migration);
        Topology(o, host);
        Caches(o, host);
        Bandwidth(o, host);
        foreach (HostSecurityModel model in host.SecurityModels)
            Security(o, model);
        o.Close("host");
    }

    static void Cpu(XmlOutput o, HostCpu cpu)
    {
        o.Open("cpu");
        o.TextElement("arch", cpu.Arch);
        o.TextElement("model", cpu.Model);
        o.TextElement("vendor", cpu.Vendor);
        if (cpu.Microcode is { } version)
            o.Element("microcode", ("version", version));
        if (cpu.Signature is { } s)
            o.Element("signature", ("family", s.Family), ("model", s.Model), ("stepping", s.Stepping));
        if (cpu.Counter is { } counter)
            o.Element("counter", ("name", "tsc"), ("frequency", counter.Frequency), ("scaling", XmlOutput.YesNo(counter.Scaling)));
        if (cpu.Topology is { } t)
            o.Element("topology", ("sockets", t.Sockets), ("dies", t.Dies), ("cores", t.Cores), ("threads", t.Threads));
        if (cpu.PhysicalAddressBits is { } bits)
            o.Element("maxphysaddr", ("mode", "emulate"), ("bits", bits));
        foreach (string feature in cpu.Features)
            o.Element("feature", ("name", feature));
        foreach (ulong size in cpu.PageSizes)
            o.Element("pages", ("unit", "KiB"), ("size", size));
        o.Close("cpu");
    }

    static void Migration(XmlOutput o, HostMigration migration)
    {
        o.Open("migration_features");
        if (migration.Live)
            o.Empty("live");
        if (!migration.Transports.IsEmpty)
        {
            o.Open("uri_transports");
            foreach (string transport in migration.Transports)
                o.TextElement("uri_transport", transport);
            o.Close("uri_transports");
        }
        o.Close("migration_features");
    }

    static void Topology(XmlOutput o, HostDef host)
    {
        if (host.Cells.IsEmpty)
            return;
        o.Open("topology");
        o.Open("cells");
        o.Attributes(("num", host.Cells.Count));
        foreach (HostCell cell in host.Cells)
            Cell(o, cell);
        o.Close("cells");
        if (!host.Interconnects.IsEmpty)
        {
            o.Open("interconnects");
            foreach (HostInterconnect link in host.Interconnects)
                o.Element(
                    link.IsBandwidth ? "bandwidth" : "latency",
                    ("initiator", link.Initiator), ("target", link.Target), ("type", link.Access), ("value", link.Value), ("unit", link.IsBandwidth ? "KiB" : null));
            o.Close("interconnects");
        }
        o.Close("topology");
    }

    static void Cell(XmlOutput o, HostCell cell)
    {
        o.Open("cell");
        o.Attributes(("id", cell.Id));
        o.ElementWithText("memory", cell.Memory.KiB, ("unit", "KiB"));
        foreach (HostPages pages in cell.Pages)
            o.ElementWithText("pages", pages.Count, ("unit", "KiB"), ("size", pages.KiB));
        if (!cell.Distances.IsEmpty)
        {
            o.Open("distances");
            foreach (HostDistance distance in cell.Distances)
                o.Element("sibling", ("id", distance.Node), ("value", distance.Value));
            o.Close("distances");
        }
        foreach (HostSideCache cache in cell.Caches)
        {
            o.Open("cache");
            o.Attributes(("level", cache.Level), ("associativity", cache.Associativity), ("policy", cache.Policy));
            o.Element("size", ("value", cache.KiB), ("unit", "KiB"));
            o.Element("line", ("value", cache.LineBytes), ("unit", "B"));
            o.Close("cache");
        }
        o.Open("cpus");
        o.Attributes(("num", cell.Cpus.Count));
        foreach (HostCellCpu cpu in cell.Cpus)
            o.Element(
                "cpu",
                ("id", cpu.Id), ("socket_id", cpu.Place?.Socket), ("die_id", cpu.Place?.Die), ("core_id", cpu.Place?.Core), ("siblings", cpu.Place?.Siblings.ToXml()));
        o.Close("cpus");
        o.Close("cell");
    }

    static void Caches(XmlOutput o, HostDef host)
    {
        if (host.Caches.IsEmpty && host.CacheMonitor is null)
            return;
        o.Open("cache");
        foreach (HostCacheBank bank in host.Caches)
        {
            (ulong size, string unit) = Largest(bank.KiB);
            o.Open("bank");
            o.Attributes(("id", bank.Id), ("level", bank.Level), ("type", bank.Kind), ("size", size), ("unit", unit), ("cpus", bank.Cpus.ToXml()));
            foreach (HostCacheControl control in bank.Controls)
                Control(o, control);
            o.Close("bank");
        }
        Monitor(o, host.CacheMonitor);
        o.Close("cache");
    }

    // Both figures are in the unit that suits the granularity.
    static void Control(XmlOutput o, HostCacheControl control)
    {
        (ulong granularity, string unit) = Largest(control.GranularityKiB);
        ulong min = granularity == 0 ? 0 : control.MinKiB / (control.GranularityKiB / granularity);
        o.Element("control", ("granularity", granularity), ("min", min == 0 ? null : (object)min), ("unit", unit), ("type", control.Kind), ("maxAllocs", control.MaxAllocations));
    }

    static void Bandwidth(XmlOutput o, HostDef host)
    {
        if (host.Bandwidth.IsEmpty && host.BandwidthMonitor is null)
            return;
        o.Open("memory_bandwidth");
        foreach (HostBandwidthNode node in host.Bandwidth)
        {
            o.Open("node");
            o.Attributes(("id", node.Id), ("cpus", node.Cpus.ToXml()));
            o.Element("control", ("granularity", node.Granularity), ("min", node.Min), ("maxAllocs", node.MaxAllocations));
            o.Close("node");
        }
        Monitor(o, host.BandwidthMonitor);
        o.Close("memory_bandwidth");
    }

    static void Monitor(XmlOutput o, HostMonitor? monitor)
    {
        if (monitor is null)
            return;
        o.Open("monitor");
        o.Attributes(("level", monitor.Level), ("reuseThreshold", monitor.ReuseThreshold), ("maxMonitors", monitor.MaxMonitors));
        foreach (string feature in monitor.Features)
            o.Element("feature", ("name", feature));
        o.Close("monitor");
    }

    static void Security(XmlOutput o, HostSecurityModel model)
    {
        o.Open("secmodel");
        o.TextElement("model", model.Model);
        o.TextElement("doi", model.Doi);
        foreach ((string type, string label) in model.BaseLabels)
            o.ElementWithText("baselabel", label, ("type", type));
        o.Close("secmodel");
    }

    static (ulong Value, string Unit) Largest(ulong kib)
    {
        int unit = 0;
        for (; kib != 0 && kib % 1024 == 0 && unit < units.Length - 1; unit++)
            kib /= 1024;
        return (kib, units[unit]);
    }
}
