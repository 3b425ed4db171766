using System.Text.Json;
using Vireo.Core;
using Vireo.Rpc.Xdr;

namespace Vireo.Tests.Remote.Access;

/// <summary>Arguments of any procedure, made from libvirt's protocol: every object in them has one name and one uuid.</summary>
sealed class FactArguments
{
    readonly Dictionary<string, JsonElement> types;

    /// <param name="types">The protocol's types by their names.</param>
    internal FactArguments(Dictionary<string, JsonElement> types) => this.types = types;

    internal required string Name { get; init; }
    internal required Uuid Uuid { get; init; }

    /// <summary>The kind of object that documents describe.</summary>
    internal string Kind { get; init; } = "domain";

    /// <summary>Lists of parameters have those that tell an object; otherwise they are empty.</summary>
    internal bool Parameters { get; init; } = true;

    /// <summary>The value of a field of this name; null: 0, and 1 for room.</summary>
    internal Func<string, long?> Number { get; init; } = static _ => null;

    internal byte[] Of(JsonElement procedure)
    {
        if (procedure.GetProperty("args").GetString() is not { } arguments)
            return [];
        var writer = new XdrWriter(4096);
        Struct(ref writer, arguments);
        byte[] bytes = writer.Written.ToArray();
        writer.Dispose();
        return bytes;
    }

    void Struct(ref XdrWriter writer, string type)
    {
        foreach (JsonElement field in types[type].GetProperty("fields").EnumerateArray())
            Field(ref writer, field, field.GetProperty("name").GetString()!);
    }

    void Field(ref XdrWriter writer, JsonElement field, string name)
    {
        string type = field.GetProperty("type").GetString()!;
        switch (field.TryGetProperty("array", out JsonElement array) ? array.GetString() : null)
        {
            case "fixed" when type is "opaque":
                byte[] bytes = new byte[field.GetProperty("len").GetInt32()];
                if (bytes.Length is Uuid.Size)
                    Uuid.CopyTo(bytes);
                bytes.CopyTo(writer.Reserve(bytes.Length));
                break;
            case "fixed":
                for (int i = 0; i < field.GetProperty("len").GetInt32(); i++)
                    Value(ref writer, type, name);
                break;
            case "optional" when name is "dname":
                writer.WriteInt(1);
                Value(ref writer, type, name);
                break;
            case "optional":
                writer.WriteInt(0);
                break;
            case not null when type is "remote_typed_param" && Parameters:
                writer.WriteInt(3);
                Parameter(ref writer, "file", Name);
                Parameter(ref writer, "destination_name", Name);
                Parameter(ref writer, "destination_xml", Document);
                break;
            case not null when type is not "string":
                writer.WriteInt(0);
                break;
            default:
                Value(ref writer, type, name);
                break;
        }
    }

    static void Parameter(ref XdrWriter writer, string field, string value)
    {
        const int Text = 7;
        writer.WriteString(field, 100);
        writer.WriteInt(Text);
        writer.WriteString(value, 10_000);
    }

    void Value(ref XdrWriter writer, string type, string name)
    {
        if (types.TryGetValue(type, out JsonElement known))
        {
            switch (known.GetProperty("kind").GetString())
            {
                case "typedef": Field(ref writer, known, name); return;
                case "struct": Struct(ref writer, type); return;
                default: writer.WriteInt(0); return;
            }
        }
        long number = Number(name) ?? (name.StartsWith("max", StringComparison.Ordinal) || name is "need_results" ? 16 : 0);
        switch (type)
        {
            case "hyper" or "uhyper" or "double" or "unsigned hyper": writer.WriteHyper(number); break;
            case "string": writer.WriteString(name.Contains("xml", StringComparison.Ordinal) ? Document : Name, 10_000); break;
            default: writer.WriteInt((int)number); break;
        }
    }

    internal string Document => Kind switch
    {
        "interface" => $"<interface name='{Name}'/>",
        "nwfilter" => $"<filter name='{Name}'><uuid>{Uuid}</uuid></filter>",
        "nwfilter_binding" => $"<filterbinding><portdev name='{Name}'/></filterbinding>",
        "secret" => $"<secret><uuid>{Uuid}</uuid><usage type='volume'><volume>{Name}</volume></usage></secret>",
        "network_port" => $"<networkport><uuid>{Uuid}</uuid></networkport>",
        "domain" or "network" => $"<{Kind}><name>{Name}</name><uuid>{Uuid}</uuid></{Kind}>",
        "storage_pool" => $"<pool><name>{Name}</name><uuid>{Uuid}</uuid></pool>",
        "storage_vol" => $"<volume><name>{Name}</name></volume>",
        _ => $"<device><name>{Name}</name></device>",
    };
}
