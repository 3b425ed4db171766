using System.Globalization;

namespace Vireo.Driver.Keys;

/// <summary>
/// The keys of keyboards: what a key is called and numbered in each set that <c>virDomainSendKey</c> takes. 0 stands for "not in this set" (255 on OS X).
/// </summary>
public static class KeyMap
{
    const int Extended = 0xe000;

    static readonly Lazy<Key[]> keys = new(Read);

    /// <summary>A key by its position in the columns: numbers by set, names where a set has names.</summary>
    sealed record Key(int[] Numbers, string LinuxName, string MacName, string WindowsName);

    /// <summary>The number of a key of one set in another; null: the first set has no such key.</summary>
    public static int? Translate(KeycodeSet from, KeycodeSet to, int value)
    {
        if (!Enum.IsDefined(from) || !Enum.IsDefined(to))
            return null;
        if (from == to)
            return Array.Exists(keys.Value, k => k.Numbers[(int)from] == value) ? value : null;
        return Array.Find(keys.Value, k => k.Numbers[(int)from] == value)?.Numbers[(int)to];
    }

    /// <summary>The number of the key with this name, such as <c>KEY_ENTER</c> (Linux), <c>Return</c> (OS X) or <c>VK_RETURN</c> (Windows); null: no such key.</summary>
    public static int? Find(KeycodeSet set, string name)
    {
        Func<Key, string>? named = set switch
        {
            KeycodeSet.Linux => static k => k.LinuxName,
            KeycodeSet.Osx => static k => k.MacName,
            KeycodeSet.Win32 => static k => k.WindowsName,
            _ => null,
        };
        return named is null || name.Length == 0 ? null : Array.Find(keys.Value, k => named(k) == name)?.Numbers[(int)set];
    }

    static Key[] Read()
    {
        using Stream stream = typeof(KeyMap).Assembly.GetManifestResourceStream("keys.csv")!;
        using var reader = new StreamReader(stream);
        var all = new List<Key>();
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
                continue;
            string[] cells = line.Split(',');
            int At(int column, int otherwise = 0) => cells[column].Length == 0 ? otherwise : int.Parse(cells[column], CultureInfo.InvariantCulture);
            int at1 = At(4), low = at1 & 0x7f;
            bool extended = at1 >= Extended;
            int[] numbers = new int[Enum.GetValues<KeycodeSet>().Length];
            numbers[(int)KeycodeSet.Linux] = At(1);
            numbers[(int)KeycodeSet.Xt] = numbers[(int)KeycodeSet.Atset1] = at1;
            numbers[(int)KeycodeSet.Atset2] = At(5);
            numbers[(int)KeycodeSet.Atset3] = At(6);
            numbers[(int)KeycodeSet.Osx] = At(3, 0xff);
            numbers[(int)KeycodeSet.XtKbd] = extended ? 0x100 | low : at1;
            numbers[(int)KeycodeSet.Usb] = At(7);
            numbers[(int)KeycodeSet.Win32] = At(9);
            numbers[(int)KeycodeSet.Qnum] = extended ? 0x80 | low : at1;
            all.Add(new(numbers, cells[0], cells[2], cells[8]));
        }
        return [.. all];
    }
}
