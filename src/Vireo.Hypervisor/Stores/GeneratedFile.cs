using System.Text;
using Vireo.Core;

namespace Vireo.Hypervisor.Stores;

/// <summary>The comment at the head of files that are written by the daemon, as libvirt words it: tools and people look for it.</summary>
public static class GeneratedFile
{
    internal static readonly System.Buffers.SearchValues<char> Special = System.Buffers.SearchValues.Create("\r\t\n !\"#$&'()*;<>?[\\]^`{|}~");

    /// <summary>The document under its comment, with a newline at its end.</summary>
    /// <param name="command">What to edit it with: "edit", "net-edit".</param>
    /// <param name="name">The object's name; null: the command is told it otherwise.</param>
    /// <param name="uuid">Stands for a name that a shell or a comment would not take as it is.</param>
    /// <param name="xml">The document.</param>
    public static string Wrap(string command, string? name, Uuid uuid, string xml)
    {
        bool plain = name is not null && name.AsSpan().IndexOfAny(Special) < 0 && !name.Contains("--", StringComparison.Ordinal);
        var text = new StringBuilder(xml.Length + 300);
        text.Append("<!--\nWARNING: THIS IS AN AUTO-GENERATED FILE. CHANGES TO IT ARE LIKELY TO BE\n")
            .Append("OVERWRITTEN AND LOST. Changes to this xml configuration should be made using:\n  virsh ")
            .Append(command).Append(name is null ? "" : plain ? " " + name : $" {uuid}")
            .Append("\nor other application using the libvirt API.\n-->\n\n").Append(xml);
        if (!xml.EndsWith('\n'))
            text.Append('\n');
        return text.ToString();
    }
}
