using System.Collections;
using System.Reflection;
using Vireo.Core;
using Vireo.Core.Xml;
using Vireo.Drivers.Qemu.Status;
using Vireo.Model.Capabilities;
using Vireo.Model.Domain;

namespace Vireo.Tests.Model.Members;

/// <summary>
/// The members that documents have: what is declared with an attribute of the vocabulary, and every settable property of a record that is read and
/// written by hand. They are found by looking through the assemblies, so that a new record is among them without anybody's doing.
/// </summary>
static class DeclaredMembers
{
    static readonly Assembly[] Assemblies = [typeof(DomainDef).Assembly, typeof(DomainStatus).Assembly];

    /// <summary>Every declared member, as <c>Namespace.Record.Member</c>.</summary>
    public static HashSet<string> All()
    {
        var declared = new HashSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<Type>();
        foreach (Type type in Assemblies.SelectMany(static a => a.GetTypes()))
            if (type.GetCustomAttribute<ElementAttribute>(inherit: false) is not null || type.GetCustomAttribute<CaseAttribute>(inherit: false) is not null)
                Declare(type, declared, seen);
        Declare(typeof(CapabilitiesDef), declared, seen);
        return declared;
    }

    /// <summary>Adds the members that have something to say in <paramref name="element"/> and in what stands inside.</summary>
    public static void Touch(object element, HashSet<string> touched)
    {
        foreach (PropertyInfo property in Of(element.GetType()))
        {
            object? value = property.GetValue(element);
            if (value is null or false)
                continue;
            string name = Name(element.GetType(), property);
            if (value is not string and IEnumerable list && DeclaredPaths.Unwrap(property.PropertyType).IsList)
            {
                foreach (object item in list)
                {
                    touched.Add(name);
                    Inside(item, touched);
                }
                continue;
            }
            touched.Add(name);
            Inside(value, touched);
        }
    }

    static void Inside(object value, HashSet<string> touched)
    {
        if (IsRecord(value.GetType()))
            Touch(value, touched);
    }

    static void Declare(Type type, HashSet<string> declared, HashSet<Type> seen)
    {
        if (!IsRecord(type) || !seen.Add(type))
            return;
        foreach (Type one in type.Assembly.GetTypes().Where(one => one.BaseType == type))
            Declare(one, declared, seen);
        if (type.IsAbstract)
            return;
        foreach (PropertyInfo property in Of(type))
        {
            declared.Add(Name(type, property));
            Declare(DeclaredPaths.Unwrap(property.PropertyType).Type, declared, seen);
        }
    }

    /// <summary>A record of ours with elements or attributes of its own; a value with one text is not.</summary>
    static bool IsRecord(Type type) =>
        Assemblies.Contains(type.Assembly) && !type.IsEnum && !type.IsInterface && !type.ContainsGenericParameters
        && !type.GetInterfaces().Any(static i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IXmlValue<>));

    static IEnumerable<PropertyInfo> Of(Type type)
    {
        PropertyInfo[] marked = [.. DeclaredPaths.Members(type).Select(static m => m.Property)];
        return marked.Length > 0 || type.GetCustomAttribute<ElementAttribute>() is { Custom: false } || type.GetCustomAttribute<CaseAttribute>() is not null
            ? marked
            : type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(static p => p.SetMethod is not null && p.GetIndexParameters().Length == 0);
    }

    static string Name(Type type, PropertyInfo property) => $"{type.FullName}.{property.Name}";
}
