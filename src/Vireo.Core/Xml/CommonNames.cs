using System.Xml;

namespace Vireo.Core.Xml;

/// <summary>
/// The names of elements and attributes that one thread has read so far, for the next document: those of one kind have nearly all in common, and
/// a reader by itself makes each anew for every document. Documents of strangers are read here too, so it holds only so much.
/// </summary>
sealed class CommonNames : NameTable
{
    /// <summary>How many characters are kept; all names of domain documents are about five thousand.</summary>
    const int Room = 16 * 1024;

    [ThreadStatic]
    static CommonNames? mine;

    int used;

    CommonNames(XmlReaderSettings settings)
    {
        Settings = settings.Clone();
        Settings.NameTable = this;
    }

    /// <summary>Settings with these names.</summary>
    XmlReaderSettings Settings { get; }

    /// <summary>The settings with which this thread reads its next document.</summary>
    /// <param name="settings">The same at each call.</param>
    internal static XmlReaderSettings With(XmlReaderSettings settings)
    {
        if (mine is null || mine.used > Room)
            mine = new CommonNames(settings);
        return mine.Settings;
    }

    /// <inheritdoc/>
    public override string Add(char[] key, int start, int len) => base.Get(key, start, len) ?? New(base.Add(key, start, len));

    /// <inheritdoc/>
    public override string Add(string key) => base.Get(key) ?? New(base.Add(key));

    string New(string name)
    {
        used += name.Length;
        return name;
    }
}
