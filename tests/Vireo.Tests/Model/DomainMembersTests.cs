using System.Collections;
using System.Reflection;
using Vireo.Core.Xml;
using Vireo.Model.Domain;
using Xunit;

namespace Vireo.Tests.Model;

/// <summary>Every declared member of the domain document is in one of the sample documents, and survives being read and written.</summary>
public class DomainMembersTests
{
    static string Folder => Path.Combine(AppContext.BaseDirectory, "Model", "data", "domain");

    public static TheoryData<string> Samples => [.. Directory.GetFiles(Folder, "*.xml").Select(static file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_comes_out_as_it_went_in(string name)
    {
        string text = File.ReadAllText(Path.Combine(Folder, name));
        Assert.Equal(text, DomainDef.Parse(text, DomainParse.Status).ToXml(DomainFormat.Secure | DomainFormat.Status));
    }

    [Fact]
    public void Every_declared_member_is_in_a_sample()
    {
        var touched = new HashSet<string>(StringComparer.Ordinal);
        foreach (string file in Directory.GetFiles(Folder, "*.xml"))
            Touch(DomainDef.Parse(File.ReadAllText(file), DomainParse.Status), touched);
        var declared = new HashSet<string>(StringComparer.Ordinal);
        Declare(typeof(DomainDef), declared, []);
        Assert.NotEmpty(declared);
        Assert.Empty(declared.Except(touched).Order(StringComparer.Ordinal));
    }

    static string Name(Type type, PropertyInfo property) => $"{type.FullName}.{property.Name}";

    static void Touch(object element, HashSet<string> touched)
    {
        foreach (var (property, _) in DeclaredPaths.Members(element.GetType()))
        {
            object? value = property.GetValue(element);
            if (value is null or false)
                continue;
            if (value is not string and IEnumerable list && DeclaredPaths.Unwrap(property.PropertyType).IsList)
            {
                foreach (object item in list)
                {
                    touched.Add(Name(element.GetType(), property));
                    Touch(item, touched);
                }
                continue;
            }
            touched.Add(Name(element.GetType(), property));
            Touch(value, touched);
        }
    }

    static void Declare(Type type, HashSet<string> declared, HashSet<Type> seen)
    {
        if (!seen.Add(type))
            return;
        foreach (var (_, one) in DeclaredPaths.Cases(type))
            Declare(one, declared, seen);
        if (type.IsAbstract)
            return;
        foreach (var (property, _) in DeclaredPaths.Members(type))
        {
            declared.Add(Name(type, property));
            Declare(DeclaredPaths.Unwrap(property.PropertyType).Type, declared, seen);
        }
    }
}
