using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Rights;
using Xunit;

namespace Vireo.Tests.Rights;

/// <summary>A file of rules in force.</summary>
public sealed class RightsPolicyTests : IDisposable
{
    readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    static readonly Caller alice = new(false, 1000, UserName: "alice");

    bool Allows(RightsPolicy policy) => policy.Allows(new(alice, "QEMU", DomainRight.Start, new(AccessObject.Domain, "vm")));

    [Fact]
    public void A_connection_that_is_open_follows_the_file()
    {
        File.WriteAllText(path, "[[rules]]\nwho = { user = \"alice\" }\nmay = \"operator\"\n");
        var policy = new RightsPolicy(path);
        Assert.True(Allows(policy));
        File.WriteAllText(path, "");
        Assert.True(Allows(policy));
        policy.Reload();
        Assert.False(Allows(policy));
    }

    [Fact]
    public void A_file_that_makes_no_sense_changes_nothing()
    {
        File.WriteAllText(path, "[[rules]]\nwho = { user = \"alice\" }\nmay = \"operator\"\n");
        var policy = new RightsPolicy(path);
        File.WriteAllText(path, "[[rules]]\nwho = 7\n");
        Assert.Contains($"{path}:2:7: ", Assert.Throws<RightsException>(policy.Reload).Message, StringComparison.Ordinal);
        Assert.True(Allows(policy));
    }

    [Fact]
    public void A_file_that_is_not_there_or_that_everybody_may_write_is_no_policy()
    {
        Assert.Contains("/nonexistent/rights.toml", Assert.Throws<VireoException>(() => new RightsPolicy("/nonexistent/rights.toml")).Message, StringComparison.Ordinal);
        File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.OtherWrite);
        Assert.Contains("everybody may write this file", Assert.Throws<VireoException>(() => new RightsPolicy(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_policies_must_all_agree()
    {
        File.WriteAllText(path, "[[rules]]\nwho = { user = \"alice\" }\nmay = \"operator\"\n");
        var yes = new RightsPolicy(path);
        File.WriteAllText(path, "");
        var no = new RightsPolicy(path);
        var question = new AccessQuestion(alice, "QEMU", DomainRight.Start, new(AccessObject.Domain, "vm"));
        Assert.True(new AccessPolicies(yes, yes).Allows(question));
        Assert.False(new AccessPolicies(yes, no).Allows(question));
    }
}
