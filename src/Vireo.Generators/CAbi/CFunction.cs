using System;
using System.Collections.Generic;
using System.Linq;

namespace Vireo.Generators.CAbi;

/// <summary>A parameter of a C function.</summary>
sealed class CParameter
{
    public CParameter(string type, string name) => (Type, Name) = (type, name);

    /// <summary>As in C, without <c>const</c>, its stars at the end: <c>virDomainPtr **</c> is three of them.</summary>
    public string Type { get; }

    public string Name { get; }

    /// <summary>The name as C# writes it.</summary>
    public string Safe => "@" + Name;

    public bool IsHandle => CFunction.HandleKinds.ContainsKey(Type);
}

/// <summary>A function of the C library: a line of the table of functions.</summary>
sealed class CFunction
{
    /// <summary>The types of handles, and what marks them.</summary>
    public static readonly IReadOnlyDictionary<string, string> HandleKinds = new Dictionary<string, string>
    {
        ["virConnectPtr"] = "Connect", ["virDomainPtr"] = "Domain", ["virNetworkPtr"] = "Network", ["virStoragePoolPtr"] = "StoragePool",
        ["virStorageVolPtr"] = "StorageVolume", ["virInterfacePtr"] = "Interface", ["virNodeDevicePtr"] = "NodeDevice", ["virSecretPtr"] = "Secret",
        ["virNWFilterPtr"] = "NwFilter", ["virNWFilterBindingPtr"] = "NwFilterBinding", ["virNetworkPortPtr"] = "NetworkPort",
        ["virDomainSnapshotPtr"] = "Snapshot", ["virDomainCheckpointPtr"] = "Checkpoint", ["virStreamPtr"] = "Stream",
        ["virAdmConnectPtr"] = "AdminConnect", ["virAdmServerPtr"] = "AdminServer", ["virAdmClientPtr"] = "AdminClient",
    };

    CFunction(string library, string header, string returns, string name, CParameter[] parameters) =>
        (Library, Header, Returns, ReturnsConstant, Name, Parameters) = (library, header, Plain(returns), returns.StartsWith("const ", StringComparison.Ordinal), name, parameters);

    public string Library { get; }
    public string Header { get; }
    public string Returns { get; }
    /// <summary>What it returns stays the library's.</summary>
    public bool ReturnsConstant { get; }

    public string Name { get; }
    public CParameter[] Parameters { get; }

    /// <summary>The domain of the errors that the function itself makes.</summary>
    public string Domain => Header switch
    {
        "libvirt-domain.h" or "libvirt-host.h" => "Domain",
        "libvirt-domain-snapshot.h" => "DomainSnapshot",
        "libvirt-domain-checkpoint.h" => "DomainCheckpoint",
        "libvirt-interface.h" => "Interface",
        "libvirt-network.h" => "Network",
        "libvirt-nodedev.h" => "Nodedev",
        "libvirt-nwfilter.h" => "Nwfilter",
        "libvirt-secret.h" => "Secret",
        "libvirt-storage.h" => "Storage",
        "libvirt-stream.h" => "Streams",
        "libvirt-admin.h" => "Admin",
        _ => "None",
    };

    /// <summary>What filters of the log know it by.</summary>
    public string LogSource => Header switch
    {
        "libvirt-event.h" => "util.event",
        "virterror.h" => "util.error",
        _ => Header.Substring(0, Header.Length - 2).Replace('-', '.'),
    };

    /// <summary>The symbol that the linker sees: the functions of the small libraries are reached through jumps from these.</summary>
    public string Symbol => Library == "libvirt" ? Name : "vireo_" + Name;

    public static CFunction? Parse(string line)
    {
        if (line.Length == 0 || line[0] == '#')
            return null;
        string[] cells = line.Split('|');
        CParameter[] parameters = cells[5].Split([", "], StringSplitOptions.RemoveEmptyEntries).Select(text =>
        {
            int at = text.LastIndexOfAny([' ', '*']) + 1;
            return new CParameter(Plain(text.Substring(0, at)), text.Substring(at));
        }).ToArray();
        return new CFunction(cells[1], cells[2], cells[3], cells[4], parameters);
    }

    static string Plain(string type)
    {
        string text = type.Replace("const ", "").Replace("*const", "*");
        int stars = text.Count(c => c == '*');
        return text.Replace("*", "").Trim() + (stars > 0 ? " " + new string('*', stars) : "");
    }

    /// <summary>A C type in C#.</summary>
    public static string ToSharp(string type)
    {
        int space = type.LastIndexOf(' ');
        string stars = space >= 0 && type[space + 1] == '*' ? type.Substring(space + 1) : "";
        string name = stars.Length > 0 ? type.Substring(0, space) : type;
        string sharp = name switch
        {
            "void" => stars.Length > 0 ? "void" : "void",
            "int" or "double" => name,
            "char" or "unsigned char" => "byte",
            "unsigned int" => "uint",
            "unsigned long" or "size_t" => "nuint",
            "unsigned long long" => "ulong",
            "long long" => "long",
            _ when HandleKinds.ContainsKey(name) => "Handle*",
            _ when name.EndsWith("Callback", StringComparison.Ordinal) || name.EndsWith("Func", StringComparison.Ordinal) => "nint",
            _ => "C" + name.Substring(3, name.Length - 6) + "*",   // virXPtr: CX
        };
        return sharp + stars;
    }

    /// <summary>What says that it failed.</summary>
    public string Failure => ToSharp(Returns) switch
    {
        "void" => "",
        "int" or "long" => "-1",
        "uint" => "uint.MaxValue",
        "nuint" => "0",
        "ulong" => Library == "libvirt-admin" ? "ulong.MaxValue" : "0",
        _ => "null",
    };
}
