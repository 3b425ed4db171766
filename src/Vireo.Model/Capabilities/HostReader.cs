using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.Capabilities;

/// <summary>Reads <c>&lt;host&gt;</c>.</summary>
static class HostReader
{
    public static HostDef Host(XmlInput x)
    {
        var host = new HostDef { Cpu = new HostCpu { Arch = "" } };
        var security = new ValueListBuilder<HostSecurityModel>();
        for (int at = x.Enter(); x.NextChild(at);)
            switch (x.Name)
            {
                case "uuid": host = host with { Uuid = x.Uuid(x.Text(), null) }; break;
                case "cpu": host = host with { Cpu = Cpu(x) }; break;
                case "power_management": host = host with { PowerModes = Names(x) }; break;
                case "iommu": host = host with { Iommu = x.Switch("support") is true }; break;
                case "migration_features": host = host with { Migration = Migration(x) }; break;
                case "topology": host = Topology(x, host); break;
                case "cache": host = Caches(x, host); break;
                case "memory_bandwidth": host = Bandwidth(x, host); break;
                case "secmodel": security.Add(Security(x)); break;
            }
        return host with { SecurityModels = security.ToList() };
    }

    static HostCpu Cpu(XmlInput x)
    {
        var cpu = new HostCpu { Arch = "" };
        var features = new ValueListBuilder<string>();
        var pages = new ValueListBuilder<ulong>();
        for (int at = x.Enter(); x.NextChild(at);)
            switch (x.Name)
            {
                case "arch": cpu = cpu with { Arch = x.Text() ?? "" }; break;
                case "model": cpu = cpu with { Model = x.Text() }; break;
                case "vendor": cpu = cpu with { Vendor = x.Text() }; break;
                case "microcode": cpu = cpu with { Microcode = x.Number<uint>("version") }; break;
                case "signature": cpu = cpu with { Signature = new(x.Number<uint>("family"), x.Number<uint>("model"), x.Number<uint>("stepping")) }; break;
                case "counter": cpu = cpu with { Counter = new(x.Number<ulong>("frequency"), x.Switch("scaling")) }; break;
                case "topology":
                    cpu = cpu with { Topology = new(x.Number<int>("sockets"), x.Number<int>("dies"), x.Number<int>("cores"), x.Number<int>("threads")) };
                    break;
                case "maxphysaddr": cpu = cpu with { PhysicalAddressBits = x.Number<uint>("bits") }; break;
                case "feature": features.Add(x.Word("name")); break;
                case "pages": pages.Add(x.KiB("size")); break;
            }
        return cpu with { Features = features.ToList(), PageSizes = pages.ToList() };
    }

    static HostMigration Migration(XmlInput x)
    {
        bool live = false;
        ValueList<string> transports = default;
        for (int at = x.Enter(); x.NextChild(at);)
            switch (x.Name)
            {
                case "live": live = true; break;
                case "uri_transports": transports = x.Each("uri_transport", static t => t.Text() ?? ""); break;
            }
        return new HostMigration(live, transports);
    }

    static HostDef Topology(XmlInput x, HostDef host)
    {
        for (int at = x.Enter(); x.NextChild(at);)
            switch (x.Name)
            {
                case "cells": host = host with { Cells = x.Each("cell", Cell) }; break;
                case "interconnects": host = host with { Interconnects = Interconnects(x) }; break;
            }
        return host;
    }

    static ValueList<HostInterconnect> Interconnects(XmlInput x)
    {
        var links = new ValueListBuilder<HostInterconnect>();
        for (int at = x.Enter(); x.NextChild(at);)
            if (x.Name is "bandwidth" or "latency")
            {
                bool bandwidth = x.Name == "bandwidth";
                links.Add(new(bandwidth, x.Number<int>("initiator"), x.Number<int>("target"), x.Word("type"), bandwidth ? x.KiB("value") : x.Number<ulong>("value")));
            }
        return links.ToList();
    }

    static HostCell Cell(XmlInput x)
    {
        var cell = new HostCell { Id = x.Number<int>("id"), Memory = default };
        var pages = new ValueListBuilder<HostPages>();
        var caches = new ValueListBuilder<HostSideCache>();
        for (int at = x.Enter(); x.NextChild(at);)
            switch (x.Name)
            {
                case "memory":
                    string? unit = x.Attribute("unit");
                    cell = cell with { Memory = x.Memory(x.Text(), unit, null) ?? default };
                    break;
                case "pages":
                    ulong size = x.KiB("size");
                    pages.Add(new HostPages(size, x.Number<ulong>(x.Text(), null) ?? 0));
                    break;
                case "distances": cell = cell with { Distances = x.Each("sibling", static s => new HostDistance(s.Number<int>("id"), s.Number<int>("value"))) }; break;
                case "cache": caches.Add(SideCache(x)); break;
                case "cpus": cell = cell with { Cpus = x.Each("cpu", CellCpu) }; break;
            }
        return cell with { Pages = pages.ToList(), Caches = caches.ToList() };
    }

    static HostSideCache SideCache(XmlInput x)
    {
        var cache = new HostSideCache(x.Number<int>("level"), x.Word("associativity"), x.Word("policy"), 0, 0);
        for (int at = x.Enter(); x.NextChild(at);)
            switch (x.Name)
            {
                case "size": cache = cache with { KiB = x.KiB("value") }; break;
                case "line": cache = cache with { LineBytes = x.Bytes(x.Attribute("value"), x.Attribute("unit"), "value")?.Bytes ?? 0 }; break;
            }
        return cache;
    }

    static HostCellCpu CellCpu(XmlInput x) => new(x.Number<int>("id"), x.Attribute("socket_id") is null
        ? null : new HostCpuPlace(x.Number<int>("socket_id"), x.Number<int>("die_id"), x.Number<int>("core_id"), x.Cpus("siblings")));

    static HostDef Caches(XmlInput x, HostDef host)
    {
        var banks = new ValueListBuilder<HostCacheBank>();
        for (int at = x.Enter(); x.NextChild(at);)
            switch (x.Name)
            {
                case "bank": banks.Add(Bank(x)); break;
                case "monitor": host = host with { CacheMonitor = Monitor(x) }; break;
            }
        return host with { Caches = banks.ToList() };
    }

    static HostCacheBank Bank(XmlInput x)
    {
        var bank = new HostCacheBank(x.Number<int>("id"), x.Number<int>("level"), x.Word("type"), x.KiB("size"), x.Cpus("cpus"), default);
        return bank with
        {
            Controls = x.Each("control", static c => new HostCacheControl(c.KiB("granularity"), c.KiB("min"), c.Word("type"), c.Number<uint>("maxAllocs"))),
        };
    }

    static HostDef Bandwidth(XmlInput x, HostDef host)
    {
        var nodes = new ValueListBuilder<HostBandwidthNode>();
        for (int at = x.Enter(); x.NextChild(at);)
            switch (x.Name)
            {
                case "node": nodes.Add(Node(x)); break;
                case "monitor": host = host with { BandwidthMonitor = Monitor(x) }; break;
            }
        return host with { Bandwidth = nodes.ToList() };
    }

    static HostBandwidthNode Node(XmlInput x)
    {
        var node = new HostBandwidthNode(x.Number<int>("id"), x.Cpus("cpus"), 0, 0, 0);
        for (int at = x.Enter(); x.NextChild(at);)
            if (x.Name == "control")
                node = node with { Granularity = x.Number<uint>("granularity"), Min = x.Number<uint>("min"), MaxAllocations = x.Number<uint>("maxAllocs") };
        return node;
    }

    static HostMonitor Monitor(XmlInput x)
    {
        var monitor = new HostMonitor(x.Optional<int>("level"), x.Optional<ulong>("reuseThreshold"), x.Number<uint>("maxMonitors"), default);
        return monitor with { Features = x.Each("feature", static f => f.Word("name")) };
    }

    static HostSecurityModel Security(XmlInput x)
    {
        string model = "", doi = "";
        var labels = new ValueListBuilder<(string, string)>();
        for (int at = x.Enter(); x.NextChild(at);)
            switch (x.Name)
            {
                case "model": model = x.Text() ?? ""; break;
                case "doi": doi = x.Text() ?? ""; break;
                case "baselabel":
                    string type = x.Word("type");
                    labels.Add((type, x.Text() ?? ""));
                    break;
            }
        return new HostSecurityModel(model, doi, labels.ToList());
    }

    static ValueList<string> Names(XmlInput x)
    {
        var names = new ValueListBuilder<string>();
        for (int at = x.Enter(); x.NextChild(at);)
            names.Add(x.Name);
        return names.ToList();
    }
}
