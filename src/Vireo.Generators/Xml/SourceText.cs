using System.Text;

namespace Vireo.Generators.Xml;

/// <summary>Lines of C# with their indent.</summary>
sealed class Source
{
    readonly StringBuilder text = new();
    int level;

    public Source Line(string line = "")
    {
        if (line.Length > 0)
            text.Append(' ', level * 4).Append(line);
        text.Append('\n');
        return this;
    }

    public Source Open(string line)
    {
        if (line.Length > 0)
            Line(line);
        Line("{");
        level++;
        return this;
    }

    public Source Close(string tail = "")
    {
        level--;
        return Line("}" + tail);
    }

    public override string ToString() => text.ToString();
}
