using System.Text.Json;
using Vireo.Rpc.Xdr;

namespace Vireo.Tests.Remote;

/// <summary>What a payload is filled with.</summary>
enum Fill
{
    /// <summary>No field has its default: every number differs, optional values are there, lists have items.</summary>
    Rich,
    /// <summary>Numbers are 0, texts and lists empty, optional values absent.</summary>
    Bare,
}

/// <summary>One list, opaque value or text in chars: where it is in a structure, and how much it may hold.</summary>
readonly record struct BoundedField(string Path, int Most);

/// <summary>Makes payloads of libvirt's structures from the facts alone: a second writer, which knows nothing of ours.</summary>
sealed class WireMaker(Dictionary<string, JsonElement> types)
{
    /// <summary>What flags are filled with.</summary>
    public const int Flags = 7;

    readonly Dictionary<string, int> words = [];
    string? longPath;
    int longCount;
    int next, kinds;
    Fill fill;

    /// <summary>Writes a structure. Fields in <paramref name="given"/> (by name) have that value; the list at a path has so many items.</summary>
    public byte[] Make(string? structure, Fill how, IReadOnlyDictionary<string, int>? given = null, string? path = null, int count = 0)
    {
        (fill, next, longPath, longCount) = (how, 0x01020300, path, count);
        words.Clear();
        foreach (var (name, value) in given ?? new Dictionary<string, int>())
            words[name] = value;
        var w = new XdrWriter(256);
        if (structure is not null)
            Struct(ref w, structure, "");
        byte[] made = w.Written.ToArray();
        w.Dispose();
        return made;
    }

    /// <summary>The lists and opaque values in a structure.</summary>
    public IEnumerable<BoundedField> Bounded(string? structure) => structure is null ? [] : Fields(structure, "", 0);

    IEnumerable<BoundedField> Fields(string structure, string at, int depth)
    {
        foreach (JsonElement field in types[structure].GetProperty("fields").EnumerateArray())
        {
            string path = at + "/" + field.GetProperty("name").GetString();
            string type = field.GetProperty("type").GetString()!;
            if (Array(field) is "variable" && type is not "string")
                yield return new(path, field.GetProperty("max").GetInt32());
            if (types.TryGetValue(type, out JsonElement named) && named.GetProperty("kind").GetString() is "struct" && depth < 4)
            {
                foreach (BoundedField inner in Fields(type, path, depth + 1))
                    yield return inner;
            }
        }
    }

    static string Array(JsonElement field) => field.TryGetProperty("array", out JsonElement array) ? array.GetString()! : "";

    void Struct(ref XdrWriter w, string name, string at)
    {
        if (name is "remote_typed_param" or "admin_typed_param")
        {
            Parameter(ref w);
            return;
        }
        foreach (JsonElement field in types[name].GetProperty("fields").EnumerateArray())
            Field(ref w, field, at + "/" + field.GetProperty("name").GetString());
    }

    void Field(ref XdrWriter w, JsonElement field, string path)
    {
        string type = field.GetProperty("type").GetString()!;
        switch (Array(field))
        {
            case "optional" when fill is Fill.Bare:
                w.WriteUInt(0);
                break;
            case "optional":
                w.WriteUInt(1);
                Value(ref w, type, path);
                break;
            case "fixed" when type is "opaque":
                w.Reserve(field.GetProperty("len").GetInt32()).Fill(fill is Fill.Rich ? (byte)0xa5 : (byte)0);
                break;
            case "fixed":
                Chars(ref w, field.GetProperty("len").GetInt32(), fill is Fill.Rich ? "chars" : "");
                break;
            case "variable" when type is "string":
                w.WriteString(fill is Fill.Rich ? $"text {next++}" : "", 1000);
                break;
            case "variable":
                Variable(ref w, type, path);
                break;
            default:
                Value(ref w, type, path);
                break;
        }
    }

    void Variable(ref XdrWriter w, string type, string path)
    {
        // Text in chars has its closing zero even when empty.
        bool text = type is "char" && !path.EndsWith("data", StringComparison.Ordinal);
        int count = path == longPath ? longCount : fill is Fill.Bare ? text ? 1 : 0 : type is "opaque" ? 5 : text ? 6 : 3;
        if ((type is "remote_typed_param" or "admin_typed_param") && fill is Fill.Rich && path != longPath)
            count = 7;   // one of each kind
        w.WriteUInt((uint)count);
        if (type is "opaque")
        {
            w.Reserve(count).Fill(0xee);
            w.Reserve(-count & 3).Clear();
        }
        else if (type is "char")
        {
            Chars(ref w, count, new string('c', text ? count - 1 : count));
        }
        else
        {
            for (int i = 0; i < count; i++)
                Value(ref w, type, path);
        }
    }

    static void Chars(ref XdrWriter w, int count, string text)
    {
        for (int i = 0; i < count; i++)
            w.WriteInt(i < text.Length ? text[i] : 0);
    }

    void Value(ref XdrWriter w, string type, string path)
    {
        if (types.TryGetValue(type, out JsonElement named))
        {
            switch (named.GetProperty("kind").GetString())
            {
                case "typedef": Field(ref w, named, path); return;
                case "struct": Struct(ref w, type, path); return;
                default: w.WriteInt(fill is Fill.Rich ? 1 : 0); return;
            }
        }
        string name = path[(path.LastIndexOf('/') + 1)..];
        bool flags = name is "flags";
        if (words.TryGetValue(name, out int given) && path.LastIndexOf('/') is 0)
            w.WriteInt(given);
        else if (type is "int" or "uint")
            w.WriteInt(fill is Fill.Bare ? 0 : flags ? Flags : next++);
        else if (type is "hyper" or "uhyper")
            w.WriteHyper(fill is Fill.Bare ? 0 : flags ? Flags : 0x0102030405060700 + next++);
        else if (type is "double")
            w.WriteDouble(fill is Fill.Bare ? 0 : 1.5);
        else
            w.WriteInt(fill is Fill.Bare ? 0 : 1 + (next++ & 0x3f));   // char, uchar, ushort: a word each
    }

    void Parameter(ref XdrWriter w)
    {
        int kind = longPath is not null ? 1 : 1 + (kinds++ % 7);
        w.WriteString("p", 10);
        w.WriteInt(kind);
        switch (kind)
        {
            case 1 or 2: w.WriteInt(next++); break;
            case 3 or 4: w.WriteHyper(0x0102030405060700 + next++); break;
            case 5: w.WriteDouble(2.5); break;
            case 6: w.WriteInt(1); break;
            default: w.WriteString($"value {next++}", 100); break;
        }
    }
}
