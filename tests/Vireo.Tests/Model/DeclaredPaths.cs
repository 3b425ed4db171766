using System.Reflection;
using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Tests.Model;

/// <summary>Every path of a document that a record's declarations read and write, as <c>domain/devices/disk/@type</c>.</summary>
sealed class DeclaredPaths
{
    readonly HashSet<string> all = new(StringComparer.Ordinal);
    readonly Stack<Type> open = new();

    /// <summary>The paths of <paramref name="type"/>, whose element is called <paramref name="root"/>.</summary>
    public static HashSet<string> Of(Type type, string root)
    {
        var paths = new DeclaredPaths();
        paths.Element(type, root);
        return paths.all;
    }

    /// <summary>A record's members that have a form in the document, inherited ones too.</summary>
    public static IEnumerable<(PropertyInfo Property, MemberAttribute How)> Members(Type type)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (Type? at = type; at is not null; at = at.BaseType)
            foreach (PropertyInfo property in at.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
                if (property.GetCustomAttribute<MemberAttribute>(inherit: false) is { } how && seen.Add(property.Name))
                    yield return (property, how);
    }

    /// <summary>A union's cases.</summary>
    public static IEnumerable<(string Tag, Type Case)> Cases(Type union) =>
        union.GetNestedTypes().Select(static t => (t.GetCustomAttribute<CaseAttribute>()?.Tag, t)).Where(static c => c.Tag is not null)!;

    /// <summary>What is in a list or behind a question mark.</summary>
    public static (Type Type, bool IsList) Unwrap(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueList<>) ? (type.GetGenericArguments()[0], true)
            : (Nullable.GetUnderlyingType(type) ?? type, false);

    void Element(Type type, string path)
    {
        all.Add(path);
        if (open.Count(t => t == type) > 1)
            return;
        open.Push(type);
        foreach (var (property, how) in Members(type))
            Member(property, how, path);
        open.Pop();
    }

    void Member(PropertyInfo property, MemberAttribute how, string path)
    {
        foreach (string step in (how.In ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries))
            all.Add(path += "/" + step);
        (Type type, _) = Unwrap(property.PropertyType);
        bool hasUnit = type == typeof(MemorySize) || type == typeof(ByteSize);
        switch (how)
        {
            case AttrAttribute attribute:
                all.Add($"{path}/@{attribute.Name}");
                if (hasUnit)
                    all.Add($"{path}/@unit");
                break;
            case TextAttribute { Path: null }:
                if (hasUnit)
                    all.Add($"{path}/@unit");
                break;
            case TextAttribute text:
                Steps(text.Path!);
                if (hasUnit)
                    all.Add($"{path}/@unit");
                break;
            case FlagAttribute flag:
                Steps(flag.Path);
                break;
            case SwitchAttribute onOff:
                Steps(onOff.Path);
                all.Add(path + "/@state");
                break;
            case InlineAttribute:
                Union(type, path, path);
                break;
            case ChildAttribute child:
                string name = child.Name ?? type.GetCustomAttribute<ElementAttribute>()!.Name;
                if (type.GetCustomAttribute<UnionAttribute>() is not null)
                    Union(type, $"{path}/{name}", path);
                else
                    Element(type, $"{path}/{name}");
                break;
            case HookAttribute hook:
                foreach (string one in hook.Name.Split('|'))
                    if (type.GetCustomAttribute<ElementAttribute>() is { } element && element.Name == one)
                        Element(type, $"{path}/{one}");
                    else
                        all.Add($"{path}/{one}");
                break;
        }

        void Steps(string steps)
        {
            foreach (string step in steps.Split('/'))
                all.Add(path += "/" + step);
        }
    }

    void Union(Type union, string path, string parent)
    {
        UnionAttribute how = union.GetCustomAttribute<UnionAttribute>()!;
        all.Add(path);
        all.Add($"{(how.TagOnParent ? parent : path)}/@{how.Tag}");
        if (open.Count(t => t == union) > 1)
            return;
        open.Push(union);
        foreach (var (_, one) in Cases(union))
            foreach (var (property, member) in Members(one))
                Member(property, member, path);
        open.Pop();
    }
}
