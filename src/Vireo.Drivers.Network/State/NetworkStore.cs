using Vireo.Core;
using Vireo.Host.Files;
using Vireo.Hypervisor.Stores;
using Vireo.Model.Network;

namespace Vireo.Drivers.Network.State;

/// <summary>
/// Definitions, statuses and ports of networks, one file each, in libvirt's places: a host can change over and back. Every change is there whole or not at
/// all. Definitions are on the disk when a call returns; statuses mean nothing after a power cut, and nobody waits for the disk.
/// </summary>
/// <param name="paths">The places.</param>
sealed class NetworkStore(NetworkPaths paths)
{
    /// <summary>Writes a definition.</summary>
    public void Save(NetworkDef network)
    {
        AtomicFile.MakeFolder(paths.ConfigDir);
        AtomicFile.Write(paths.DefinitionFile(network.Name), GeneratedFile.Wrap("net-edit", network.Name, network.Uuid!.Value, network.ToXml(inactive: true)));
    }

    /// <summary>Removes a definition, and then its link. A link that a crash leaves goes when definitions are loaded.</summary>
    public void Delete(string name)
    {
        if (Directory.Exists(paths.ConfigDir))
            AtomicFile.Delete(paths.DefinitionFile(name));
        if (Directory.Exists(paths.AutostartDir))
            AtomicFile.Delete(paths.AutostartLink(name));
    }

    /// <summary>Makes it start with the host, or not.</summary>
    public void SetAutostart(string name, bool on)
    {
        if (on)
        {
            AtomicFile.MakeFolder(paths.AutostartDir);
            AtomicFile.Link(paths.AutostartLink(name), paths.DefinitionFile(name));
        }
        else if (Directory.Exists(paths.AutostartDir))
            AtomicFile.Delete(paths.AutostartLink(name));
    }

    /// <summary>Whether it starts with the host: the link must lead to the definition.</summary>
    public bool IsAutostart(string name)
    {
        var link = new FileInfo(paths.AutostartLink(name));
        return link.LinkTarget is { } target
            && Path.GetFullPath(Path.Join(Path.IsPathRooted(target) ? "" : paths.AutostartDir, target)) == paths.DefinitionFile(name);
    }

    /// <summary>Takes away what a crash left, and reads all definitions.</summary>
    public Loaded<NetworkDef> LoadDefinitions()
    {
        AtomicFile.Sweep(paths.ConfigDir);
        AtomicFile.Sweep(paths.AutostartDir);
        if (Directory.Exists(paths.AutostartDir))
            foreach (string link in Directory.GetFiles(paths.AutostartDir, "*.xml"))
                if (Path.GetFileNameWithoutExtension(link) is var name && IsAutostart(name) && !File.Exists(paths.DefinitionFile(name)))
                    AtomicFile.Delete(link);
        return ReadDefinitions();
    }

    /// <summary>Reads all definitions. A file that is not understood, or whose name is not the definition's, is reported and left alone.</summary>
    public Loaded<NetworkDef> ReadDefinitions() => Load(paths.ConfigDir, static (name, text) =>
    {
        NetworkDef network = NetworkDef.Define(text);
        return network.Name == name ? network
            : throw new InvalidDataException($"holds the definition of '{network.Name}', which is not the file's name");
    });

    /// <summary>Writes the status of an active network.</summary>
    public void SaveStatus(NetworkStatus status)
    {
        AtomicFile.MakeFolder(paths.StateDir);
        NetworkDef network = status.Network;
        AtomicFile.Write(paths.StatusFile(network.Name), GeneratedFile.Wrap("net-edit", network.Name, network.Uuid!.Value, status.ToXml()), durable: false);
    }

    /// <summary>Removes what says that a network is active.</summary>
    public void DeleteStatus(string name)
    {
        if (Directory.Exists(paths.StateDir))
            AtomicFile.Delete(paths.StatusFile(name), durable: false);
    }

    /// <summary>Reads all statuses.</summary>
    public Loaded<NetworkStatus> LoadStatuses()
    {
        AtomicFile.Sweep(paths.StateDir);
        return Load(paths.StateDir, static (_, text) => NetworkStatus.Parse(text));
    }

    /// <summary>Writes a port.</summary>
    public void SavePort(string network, NetworkPortDef port)
    {
        AtomicFile.MakeFolder(paths.PortFolder(network));
        AtomicFile.Write(paths.PortFile(network, port.Uuid),
            GeneratedFile.Wrap("net-port-create", port.Uuid.ToString(), port.Uuid, port.ToXml()), durable: false);
    }

    /// <summary>Removes a port.</summary>
    public void DeletePort(string network, Uuid port)
    {
        if (Directory.Exists(paths.PortFolder(network)))
            AtomicFile.Delete(paths.PortFile(network, port), durable: false);
    }

    /// <summary>Removes all ports of a network.</summary>
    public void DeletePorts(string network)
    {
        if (Directory.Exists(paths.PortFolder(network)))
            foreach (string file in Directory.GetFiles(paths.PortFolder(network)))
                AtomicFile.Delete(file, durable: false);
    }

    /// <summary>Reads the ports of a network.</summary>
    public Loaded<NetworkPortDef> LoadPorts(string network)
    {
        AtomicFile.Sweep(paths.PortFolder(network));
        return Load(paths.PortFolder(network), static (_, text) => NetworkPortDef.Define(text));
    }

    static Loaded<T> Load<T>(string folder, Func<string, string, T> read)
    {
        var found = new List<T>();
        var problems = new List<LoadProblem>();
        foreach (string file in Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.xml").Order(StringComparer.Ordinal)] : Array.Empty<string>())
        {
            try
            {
                found.Add(read(Path.GetFileNameWithoutExtension(file), File.ReadAllText(file)));
            }
            catch (Exception fault)
            {
                problems.Add(new LoadProblem(file, fault.Message));
            }
        }
        return new Loaded<T>(found, problems);
    }
}
