using System.Collections.Generic;
using System.Linq;

namespace Vireo.Generators.Xml;

/// <summary>An element with what stands in it: the record's own, or one between it and a member.</summary>
sealed class Node(string name)
{
    public string Name { get; } = name;
    public List<MemberSpec> Attributes { get; } = [];
    public MemberSpec? Text { get; private set; }

    /// <summary>Child nodes and child members in the order they are written.</summary>
    public List<object> Items { get; } = [];

    public IEnumerable<Node> Nodes => Items.OfType<Node>();
    public IEnumerable<MemberSpec> Members => Items.OfType<MemberSpec>();

    public static Node Of(IEnumerable<MemberSpec> members)
    {
        var root = new Node("");
        foreach (MemberSpec member in members)
        {
            Node node = root;
            // A list of scalars, a flag and a switch are elements of their own: the last name of their path is theirs.
            bool own = member.Kind is MemberKind.Flag or MemberKind.Switch || member.IsList && member.Kind is MemberKind.Attribute or MemberKind.Text && member.IsList;
            foreach (string step in own ? member.Path.Take(member.Path.Count - 1) : member.Path)
                node = node.Child(step);
            if (own || member.Kind is MemberKind.Child or MemberKind.Inline or MemberKind.Hook)
                node.Items.Add(member);
            else if (member.Kind == MemberKind.Text)
                node.Text = member;
            else
                node.Attributes.Add(member);
        }
        return root;
    }

    Node Child(string name)
    {
        Node? node = Nodes.FirstOrDefault(n => n.Name == name);
        if (node is null)
            Items.Add(node = new Node(name));
        return node;
    }
}
