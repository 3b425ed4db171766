using Vireo.Cpu.Map;

namespace Vireo.Cpu.X86;

/// <summary>
/// Reads <c>x86.map</c>; the syntax is described at the file's head. All releases' entries are read, and those of one release are handed out.
/// </summary>
sealed class X86MapReader(MapRelease release)
{
    readonly List<(X86Vendor Vendor, MapRelease Since)> vendors = [];
    readonly List<X86MapEntry.Feature> features = [];
    readonly Dictionary<string, int> indices = new(StringComparer.Ordinal);
    readonly Dictionary<string, X86MapEntry.Model> models = new(StringComparer.Ordinal);
    readonly List<X86MapEntry.Model> order = [];
    readonly List<MapComplaint> complaints = [];
    FeatureBit? register;
    string? announcedBy;
    bool areDetails;
    X86MapEntry.Model? draft;

    public static X86Map Read(string text, MapRelease release)
    {
        var reader = new X86MapReader(release);
        reader.ReadAll(text);
        return reader.Finish();
    }

    /// <summary>Releases that entries of the text name, ascending.</summary>
    public static IReadOnlyList<MapRelease> Changes(string text)
    {
        var found = new SortedSet<MapRelease>();
        foreach ((_, string[] words) in MapText.Lines(text))
        {
            _ = MapText.WithoutSince(words, out MapRelease since);
            if (since != default)
                found.Add(since);
            if (words is ["removed" or "dropped" or "added", var named, ..] && MapRelease.TryParse(named, out MapRelease at))
                found.Add(at);
            if (words is ["added", _, "until", var end, ..] && MapRelease.TryParse(end, out at))
                found.Add(at);
        }
        return [.. found];
    }

    void ReadAll(string text)
    {
        foreach ((int number, string[] words) in MapText.Lines(text))
            if (Line(words, number) is { } reason)
                Complain(number, words, reason);
        EndModel();
    }

    /// <summary>Takes a line in; says what is wrong with it, or null.</summary>
    string? Line(string[] words, int number)
    {
        switch (words[0])
        {
            case "newest": return null;
            case "vendor" when draft is null: return Vendor(words);
            case "cpuid" or "msr" when draft is null: return Register(words);
            case "model": return StartModel(words, number);
            default: return draft is null ? Feature(words) : draft.ReadLine(words, Index, name => models.GetValueOrDefault(name));
        }
    }

    string? Vendor(string[] line)
    {
        string[] words = MapText.WithoutSince(line, out MapRelease since);
        if (words is not [_, { Length: 12 } text, _, ..])
            return "a vendor has a string of 12 characters and a name";
        vendors.Add((new X86Vendor(string.Join(' ', words[2..]), text), since));
        return null;
    }

    string? Register(string[] words)
    {
        register = null;
        announcedBy = words is [_, _, "by" or "within", var name] ? name : null;
        areDetails = words is [_, _, "within", ..];
        register = words[0] == "msr" ? X86MapEntry.Msr(words) : X86MapEntry.Cpuid(words);
        if (register is not null && announcedBy is not null && Index(announcedBy) is null)
            register = null;
        return register is null ? "no such register" : null;
    }

    string? Feature(string[] line)
    {
        string[] words = MapText.WithoutSince(line, out MapRelease since);
        bool migratable = words[^1] != "unmigratable";
        if (!migratable)
            words = words[..^1];
        if (register is not { } place)
            return "its register is not known";
        if (words.Length < 2 || !MapText.TryNumber(words[0], out uint bit) || bit > (place.IsMsr ? 63 : 31))
            return "a feature is a bit's number and a name";
        if (!indices.TryAdd(words[1], features.Count))
            return "the name is taken";
        string? spelling = words.Skip(2).FirstOrDefault(static alias => alias.StartsWith('='))?[1..];
        string[] aliases = [.. words.Skip(2).Select(static alias => alias.TrimStart('='))];
        features.Add(new(words[1], place with { Bit = (int)bit }, migratable, aliases, spelling ?? words[1], since, announcedBy, areDetails));
        return null;
    }

    string? StartModel(string[] words, int number)
    {
        EndModel();
        (string name, string? relation, string? other) = words switch
        {
            [_, var only] => (only, null, null),
            [_, var one, "=" or "same", var from] => (one, words[2], from),
            _ => (words.ElementAtOrDefault(1) ?? "", "", null),
        };
        draft = new X86MapEntry.Model(name, number, features.Count);
        if (name.Length == 0 || relation == "")
            return "a model is a name, and what it starts from";
        if (models.ContainsKey(name))
            return "the name is taken";
        if (other is null)
            return null;
        if (!models.TryGetValue(other, out X86MapEntry.Model? start))
            return $"there is no model {other} before it";
        draft.StartFrom(start, isSame: relation == "same");
        return null;
    }

    void EndModel()
    {
        if (draft is { IsBroken: false } && models.TryAdd(draft.Name, draft))
            order.Add(draft);
        draft = null;
    }

    int? Index(string feature) => indices.TryGetValue(feature, out int index) ? index : null;

    void Complain(int number, string[] words, string reason)
    {
        if (draft is { IsBroken: true } && words[0] != "model")
            return;
        complaints.Add(new MapComplaint(number, draft?.Name ?? words.ElementAtOrDefault(1) ?? words[0], reason));
        if (draft is not null)
            draft.IsBroken = true;
    }

    X86Map Finish()
    {
        X86MapEntry.Feature[] known = [.. features.Where(f => f.Since <= release)];
        int[] places = [.. known.Select(f => indices[f.Name])];
        X86Vendor[] makers = [.. vendors.Where(v => v.Since <= release).Select(v => v.Vendor)];
        X86Model[] all =
        [
            .. order.Where(m => m.Since <= release && (m.Vendor is null || makers.Any(v => v.Name == m.Vendor)))
                .Select((m, i) => m.At(release, i, places, makers)),
        ];
        foreach (X86MapEntry.Model one in order.Where(m => m.Vendor is not null && vendors.TrueForAll(v => v.Vendor.Name != m.Vendor)))
            complaints.Add(new MapComplaint(one.Line, one.Name, $"there is no vendor {one.Vendor}"));
        return new X86Map(release, makers, [.. known.Select((f, i) => f.At(i))], all, complaints);
    }
}
