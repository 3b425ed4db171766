using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Core.Xml;

namespace Vireo.Model.Storage;

/// <summary>Options in a namespace of their own, passed on to what mounts or opens the pool.</summary>
/// <param name="Kind">Whose they are.</param>
/// <param name="Options">The options in the order they were written.</param>
public sealed record StoragePoolOptions(StoragePoolOptionKind Kind, ValueList<StoragePoolOption> Options)
{
    internal string Prefix => Kind == StoragePoolOptionKind.Mount ? "fs" : "rbd";
    internal string Element => Kind == StoragePoolOptionKind.Mount ? "fs:mount_opts" : "rbd:config_opts";
    internal string Namespace => $"http://libvirt.org/schemas/storagepool/{Prefix}/1.0";
}

/// <summary>Kinds of options.</summary>
public enum StoragePoolOptionKind
{
    /// <summary><c>fs:mount_opts</c>: words for <c>mount -o</c>.</summary>
    Mount,
    /// <summary><c>rbd:config_opts</c>: names and values for librados.</summary>
    Rbd,
}

/// <summary>One option.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value; null for a word of <c>mount -o</c>.</param>
public readonly record struct StoragePoolOption(string Name, string? Value);

public sealed partial record StoragePoolDef
{
    static void ReadOptions(XmlInput x, ref StoragePoolOptions? options)
    {
        StoragePoolOptionKind kind = x.Namespace.EndsWith("/rbd/1.0", StringComparison.Ordinal) ? StoragePoolOptionKind.Rbd : StoragePoolOptionKind.Mount;
        var read = new StoragePoolOptions(kind, default);
        if (options is not null || x.Namespace != read.Namespace || !IsNamed(x, read.Element))
            return;
        var found = new ValueListBuilder<StoragePoolOption>();
        int depth = x.Enter();
        while (x.NextChild(depth))
            if (x.Namespace == read.Namespace && IsNamed(x, ":option"))
                found.Add(Option(x, kind));
        options = read with { Options = found.ToList() };
    }

    static bool IsNamed(XmlInput x, string name) =>
        x.Name.AsSpan(x.Name.IndexOf(':', StringComparison.Ordinal)).SequenceEqual(name.AsSpan(name.IndexOf(':', StringComparison.Ordinal)));

    static StoragePoolOption Option(XmlInput x, StoragePoolOptionKind kind)
    {
        string what = kind == StoragePoolOptionKind.Mount ? "fs mount" : "rbd";
        string? name = XmlInput.NonEmpty(x.Attribute("name")), value = null;
        if (name is null)
            throw x.Fail(ErrorCode.XmlError, ErrorDomain.Storage, $"no {what} option name specified");
        if (kind == StoragePoolOptionKind.Rbd && (value = XmlInput.NonEmpty(x.Attribute("value"))) is null)
            throw x.Fail(ErrorCode.XmlError, ErrorDomain.Storage, $"no {what} option value specified for name '{name}'");
        return new StoragePoolOption(name, value);
    }

    void WriteOptionsAttributes(XmlOutput o)
    {
        if (Options is not null)
            o.Attribute($"xmlns:{Options.Prefix}", Options.Namespace);
    }

    void WriteOptions(XmlOutput o)
    {
        if (Options is null)
            return;
        string option = $"{Options.Prefix}:option";
        o.Open(Options.Element);
        foreach (StoragePoolOption one in Options.Options)
        {
            o.Open(option);
            o.Attribute("name", one.Name);
            o.Attribute("value", one.Value);
            o.Close(option);
        }
        o.CloseBlock(Options.Element);
    }
}
