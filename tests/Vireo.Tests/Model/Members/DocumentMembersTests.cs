using Xunit;

namespace Vireo.Tests.Model.Members;

/// <summary>Every declared member of every document is in one of the sample documents, and survives being read and written.</summary>
public class DocumentMembersTests
{
    public static TheoryData<string, string> Samples
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (SampleKind kind in SampleKind.All)
                foreach (string file in kind.Files)
                    all.Add(kind.Name, Path.GetFileName(file));
            return all;
        }
    }

    /// <summary>What is read but written in another form has that form beside it, as <c>name.out</c>.</summary>
    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_comes_out_as_it_went_in(string kind, string name)
    {
        SampleKind of = SampleKind.Find(kind);
        string file = Path.Combine(of.Folder, name), written = Path.ChangeExtension(file, ".out");
        Assert.Equal(File.ReadAllText(File.Exists(written) ? written : file), of.Write(of.Read(File.ReadAllText(file))));
    }

    [Fact]
    public void Every_declared_member_is_in_a_sample()
    {
        HashSet<string> declared = DeclaredMembers.All();
        var touched = new HashSet<string>(StringComparer.Ordinal);
        foreach (SampleKind kind in SampleKind.All)
            foreach (string file in kind.Files)
                DeclaredMembers.Touch(kind.Read(File.ReadAllText(file)), touched);
        string[] missing = [.. declared.Except(touched).Order(StringComparer.Ordinal)];
        Assert.True(missing.Length == 0, $"{missing.Length} members are in no sample under tests/Vireo.Tests/Model/data:\n{string.Join('\n', missing)}");
    }

    [Fact]
    public void Every_kind_has_members_of_its_own()
    {
        HashSet<string> declared = DeclaredMembers.All();
        Assert.All(SampleKind.All, kind => Assert.Contains(declared, name => name.StartsWith(kind.Type.FullName + ".", StringComparison.Ordinal)));
    }
}
