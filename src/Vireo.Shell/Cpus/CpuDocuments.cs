using System.Xml;
using System.Xml.XPath;
using Vireo.Cpu;
using Vireo.Cpu.Advice;
using Vireo.Cpu.Map;
using Vireo.Driver;
using Vireo.Model.Capabilities;
using Vireo.Model.Domain.Cpu;
using Vireo.Shell.Parsing;
using Vireo.Shell.Session;
using Vireo.Shell.Text;

namespace Vireo.Shell.Cpus;

/// <summary>A guest's wish: null if the hypervisor's own CPU, or the host's as it is, will do.</summary>
sealed record GuestWish(string Name, CpuSpec? Cpu, string? Note);

/// <summary>Gets guests' and hosts' CPUs out of files and daemons.</summary>
sealed class CpuDocuments(OpenConnection open, string? connect)
{
    const long MaxLength = 16 << 20;

    /// <summary>A file with a domain or a CPU; otherwise a domain of the connection.</summary>
    public async ValueTask<GuestWish> GuestAsync(string word)
    {
        if (File.Exists(word))
            return Guest(word, ReadFile(word));
        if (word.Contains('/', StringComparison.Ordinal) || word.EndsWith(".xml", StringComparison.Ordinal))
            throw new FileNotFoundException(null, word);
        await using IDriverConnection connection = await open(connect, readOnly: true, TimeSpan.Zero, 0);
        var calls = new Calls(connection.Capabilities, readOnly: true);
        DomainRef domain = await calls.Read<IDomainLookup>("virDomainLookupByName").LookupByNameAsync(word, default);
        return Guest(word, await calls.Read<IDomainInfo>("virDomainGetXMLDesc").GetXmlAsync(domain, DomainXmlFlags.Inactive, default));
    }

    /// <summary>A host from files, or from a daemon, which also says its release.</summary>
    public async ValueTask<(HostView Host, MapRelease? Release)> HostAsync(string word)
    {
        if (!word.Contains("://", StringComparison.Ordinal))
            return (word.Split(',').Aggregate(new HostView { Name = word }, (host, file) => Add(host, file, ReadFile(file))), null);
        await using IDriverConnection connection = await open(word, readOnly: false, TimeSpan.Zero, 0);
        var calls = new Calls(connection.Capabilities, readOnly: false);
        var host = new HostView { Name = word };
        host = Add(host, word, await calls.Read<IHostCapabilities>("virConnectGetCapabilities").GetCapabilitiesAsync(default));
        if (connection.Capabilities.Find<IDomainCapabilities>() is { } offers)
            host = Add(host, word, await offers.GetDomainCapabilitiesAsync(null, null, null, null, 0, default));
        ulong version = await calls.Read<IConnectionInfo>("virConnectGetLibVersion").GetLibraryVersionAsync(default);
        return (host, MapRelease.OfVersion(version));
    }

    static GuestWish Guest(string file, string text)
    {
        XPathNavigator root = Root(file, text);
        string name = root.SelectSingleNode("/domain/name")?.Value ?? file;
        if ((root.LocalName == "cpu" ? root : root.SelectSingleNode("/domain/cpu")) is not { } element)
            return root.LocalName == "domain"
                ? new GuestWish(name, null, "has no <cpu>: it gets the hypervisor's default, which every host has")
                : throw new CommandFailure($"{file}: neither a domain nor a <cpu>");
        CpuDef cpu = CpuDef.Parse(element.OuterXml);
        return cpu.Mode switch
        {
            CpuMode.HostPassthrough => new GuestWish(name, null, "is passed the host's CPU as it is: it starts everywhere, and moves only between equal hosts"),
            CpuMode.Maximum => new GuestWish(name, null, "gets all that the hypervisor can give: it starts everywhere, and moves only between equal hosts"),
            _ when cpu.Mode != CpuMode.HostModel && cpu.Model?.Name is null => new GuestWish(name, null, "names no CPU model"),
            _ => new GuestWish(name, cpu.ToSpec(), null),
        };
    }

    static HostView Add(HostView host, string file, string text)
    {
        XPathNavigator root = Root(file, text);
        switch (root.LocalName)
        {
            case "capabilities":
                HostCpu cpu = CapabilitiesDef.Parse(text).Host.Cpu;
                return cpu.Model is null ? host : host with
                {
                    Physical = new CpuSpec
                    {
                        Role = CpuRole.Host, Architecture = cpu.Arch, Model = cpu.Model, Vendor = cpu.Vendor,
                        Features = [.. cpu.Features.Select(static f => new FeatureTerm(f))],
                    },
                };
            case "domainCapabilities":
                return Add(host, DomainCapabilities.Parse(text));
            case "cpu":
                StandaloneCpu alone = StandaloneCpu.Parse(text, static _ => true);
                CpuSpec spec = alone.Definition.ToSpec();
                return alone.Arch is null ? host with { Offers = spec } : host with { Physical = spec with { Role = CpuRole.Host, Architecture = alone.Arch } };
            default:
                throw new CommandFailure($"{file}: neither capabilities, domain capabilities nor a <cpu>");
        }
    }

    static HostView Add(HostView host, DomainCapabilities offers)
    {
        var modes = offers.Cpu?.Modes ?? default;
        CapabilityCpuMode? own = modes.FirstOrDefault(static m => m is { Name: "host-model", Supported: true });
        CapabilityCpuMode? custom = modes.FirstOrDefault(static m => m is { Name: "custom", Supported: true });
        return host with
        {
            Offers = own is not { Models: [{ Name: { } model }, ..] } ? host.Offers : new CpuSpec
            {
                Role = CpuRole.Guest,
                Model = model,
                Vendor = own.Vendor,
                Features = [.. own.Features.Select(static f => new FeatureTerm(f.Name, f.Policy == "disable" ? CpuFeaturePolicy.Disable : CpuFeaturePolicy.Require))],
            },
            Models = custom is null ? host.Models :
            [
                .. custom.Models.Where(static m => m.Name is not null).Select(static m => new HypervisorModel(m.Name!)
                {
                    IsUsable = m.Usable switch { "yes" => true, "no" => false, _ => null },
                }),
            ],
        };
    }

    static XPathNavigator Root(string file, string text)
    {
        try
        {
            XPathNavigator root = XmlQuery.Open(text);
            root.MoveToRoot();
            root.MoveToFirstChild();
            while (root.NodeType != XPathNodeType.Element && root.MoveToNext())
                continue;
            return root;
        }
        catch (XmlException malformed)
        {
            throw new CommandFailure($"{file}:{malformed.LineNumber}: {malformed.Message}");
        }
    }

    static string ReadFile(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException(null, path);
        return new FileInfo(path).Length <= MaxLength ? File.ReadAllText(path) : throw new CommandFailure($"{path}: longer than {MaxLength} bytes");
    }
}
