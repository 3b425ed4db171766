using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Rights;
using Xunit;

namespace Vireo.Tests.Rights;

/// <summary>What rules mean, and what is said of a file that means nothing.</summary>
public sealed class RightsFileTests
{
    static readonly Uuid known = Uuid.TryParse("00000000-0000-0000-0000-0000000000aa", out Uuid uuid) ? uuid : default;

    static RightsFile File(string text) => RightsReader.Read(text, "rights.toml");

    static Caller Alice { get; } = new(false, 1000, 1000, UserName: "alice") { Groups = ["alice", "web"] };

    static bool May(RightsFile file, AccessRight right, AccessSubject subject, Caller? caller = null, ILabelSource? labels = null) =>
        file.For(caller ?? Alice).Decide(new(caller ?? Alice, "QEMU", right, subject, labels)).Allowed;

    static AccessSubject Domain(string name) => new(AccessObject.Domain, name, known) { Labels = ObjectLabels.None };

    const string Web = """
        [[rules]]
        name = "web"
        who = { group = "web" }
        may = "operator"
        on = { kind = "domain", name = "web-*" }
        """;

    [Fact]
    public void What_no_rule_allows_is_refused()
    {
        RightsFile empty = File("# nothing");
        foreach (AccessRight right in AccessRight.All)
            Assert.False(May(empty, right, new AccessSubject(right.Object, "any")));
    }

    [Fact]
    public void A_rule_is_about_its_callers_its_rights_and_its_objects()
    {
        RightsFile file = File(Web);
        Assert.True(May(file, DomainRight.Start, Domain("web-1")));
        Assert.False(May(file, DomainRight.Delete, Domain("web-1")));
        Assert.False(May(file, DomainRight.Start, Domain("db-1")));
        Assert.False(May(file, NetworkRight.Start, new(AccessObject.Network, "web-1")));
        Assert.False(May(file, DomainRight.Start, Domain("web-1"), new(false, 1001, 1001, UserName: "bob")));
    }

    [Fact]
    public void Who_holds_any_right_may_connect_and_ask_for_lists_unless_it_is_refused()
    {
        RightsFile file = File(Web);
        Assert.True(May(file, ConnectRight.GetAttributes, AccessSubject.Connection));
        Assert.True(May(file, ConnectRight.SearchSecrets, AccessSubject.Connection));
        Assert.False(May(file, ConnectRight.Write, AccessSubject.Connection));
        RightsFile less = File(Web + "\n[[rules]]\nwho = \"everybody\"\nrefuse = \"connect.search-*\"\n");
        Assert.True(May(less, ConnectRight.Read, AccessSubject.Connection));
        Assert.False(May(less, ConnectRight.SearchSecrets, AccessSubject.Connection));
    }

    [Theory]
    [InlineData("refuse = \"domain.delete\"", "may = \"admin\"")]
    [InlineData("may = \"admin\"", "refuse = \"domain.delete\"")]
    public void Refusing_goes_before_allowing_in_any_order(string first, string second)
    {
        RightsFile file = File($"[[rules]]\nwho = \"everybody\"\n{first}\n[[rules]]\nwho = \"everybody\"\n{second}\n");
        Assert.False(May(file, DomainRight.Delete, Domain("vm")));
        Assert.True(May(file, DomainRight.Start, Domain("vm")));
    }

    [Theory]
    [InlineData("{ user = \"alice\" }", true)]
    [InlineData("{ user = \"+1000\" }", true)]
    [InlineData("{ user = \"+1001\" }", false)]
    [InlineData("{ user = [\"bob\", \"alice\"] }", true)]
    [InlineData("{ user = \"alice\", group = \"db\" }", false)]
    [InlineData("[{ group = \"db\" }, { group = \"web\" }]", true)]
    [InlineData("{ tls = \"C=NL,*,CN=alice\" }", true)]
    [InlineData("{ tls = \"*CN=bob\" }", false)]
    [InlineData("{ sasl = \"al?ce@*\" }", true)]
    [InlineData("{ label = \"staff_u:*\" }", true)]
    [InlineData("{ label = \"system_u:*\" }", false)]
    [InlineData("\"everybody\"", true)]
    public void Callers_are_told_by_user_group_certificate_login_and_label(string who, bool fits)
    {
        Caller alice = Alice with { TlsName = "C=NL,O=Example,CN=alice", SaslName = "alice@EXAMPLE.ORG", SecurityLabel = "staff_u:staff_r:staff_t:s0" };
        Assert.Equal(fits, May(File($"[[rules]]\nwho = {who}\nmay = \"domain.start\"\n"), DomainRight.Start, Domain("vm"), alice));
    }

    [Fact]
    public void Objects_are_told_by_uuid_pool_network_owner_and_tag()
    {
        RightsFile file = File("""
            [[rules]]
            who = "everybody"
            may = "admin"
            on = [
                { uuid = "00000000-0000-0000-0000-0000000000aa" },
                { pool = "iso*", name = "*.iso" },
                { network = "default" },
                { owner = "@caller", tag = ["test", "dev-*"] },
            ]
            """);
        Assert.True(May(file, SecretRight.ReadSecure, new(AccessObject.Secret, "x", known)));
        Assert.True(May(file, StorageVolumeRight.Delete, new(AccessObject.StorageVolume, "a.iso") { Parent = "iso1" }));
        Assert.False(May(file, StorageVolumeRight.Delete, new(AccessObject.StorageVolume, "a.img") { Parent = "iso1" }));
        Assert.False(May(file, StorageVolumeRight.Delete, new(AccessObject.StorageVolume, "a.iso") { Parent = "disks" }));
        Assert.True(May(file, NetworkPortRight.Delete, new(AccessObject.NetworkPort) { Parent = "default" }));
        var other = new AccessSubject(AccessObject.Domain, "vm", default(Uuid));
        Assert.True(May(file, DomainRight.Delete, other with { Labels = new("alice", ["web", "dev-1"]) }));
        Assert.False(May(file, DomainRight.Delete, other with { Labels = new("alice", ["web"]) }));
        Assert.False(May(file, DomainRight.Delete, other with { Labels = new("bob", ["test"]) }));
        Assert.True(May(file, DomainRight.Delete, other, labels: new Labels(new("alice", ["test"]))));
        Assert.False(May(file, DomainRight.Delete, other));
    }

    sealed class Labels(ObjectLabels labels) : ILabelSource
    {
        public ObjectLabels LabelsOf(in AccessSubject subject) => labels;
    }

    [Fact]
    public void An_object_that_nobody_knows_is_never_allowed_by_name_and_always_refused_by_one()
    {
        RightsFile file = File("""
            [[rules]]
            who = { user = "alice" }
            may = "domain.*"
            on = { name = "*" }
            [[rules]]
            who = { user = "root" }
            may = "domain.*"
            [[rules]]
            who = { user = "bob" }
            may = "domain.*"
            [[rules]]
            who = { user = "bob" }
            refuse = "domain.start"
            on = { name = "prod-*" }
            """);
        var vague = new AccessSubject(AccessObject.Domain) { Vague = true };
        Assert.False(May(file, DomainRight.Start, vague));
        Assert.True(May(file, DomainRight.Start, vague, new(false, 0, UserName: "root")));
        var bob = new Caller(false, 1001, UserName: "bob");
        Assert.False(May(file, DomainRight.Start, vague, bob));
        Assert.True(May(file, DomainRight.Stop, vague, bob));
        Assert.True(May(file, DomainRight.Start, Domain("test-1"), bob));
    }

    [Fact]
    public void Roles_are_those_of_the_house_and_those_of_the_file()
    {
        RightsFile file = File("""
            [roles.backup]
            may = ["viewer", "domain.checkpoint", "*.data-read"]
            [[rules]]
            who = "everybody"
            may = "backup"
            """);
        Assert.True(May(file, DomainRight.Checkpoint, Domain("vm")));
        Assert.True(May(file, StorageVolumeRight.DataRead, new(AccessObject.StorageVolume, "v")));
        Assert.True(May(file, NodeDeviceRight.Read, new(AccessObject.NodeDevice, "pci")));
        Assert.False(May(file, DomainRight.ReadSecure, Domain("vm")));
        Assert.Equal(105, BuiltInRoles.Admin.All.Count());
        Assert.DoesNotContain(BuiltInRoles.Operator.All, right => right.Name is "domain.write" or "domain.delete" or "domain.mem-read" or "domain.block-read");
        Assert.DoesNotContain(BuiltInRoles.Viewer.All, right => right.Name.Contains("secure", StringComparison.Ordinal) || right.Name.EndsWith("write", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[[rules]]\nwho = \"everybody\"\nmay = \"domain.strat\"", 3, 7, "there is no right and no role 'domain.strat'; did you mean 'domain.start'?")]
    [InlineData("[[rules]]\nwho = \"everybody\"\nmya = \"viewer\"", 3, 1, "nobody knows 'mya' here; did you mean 'may'?")]
    [InlineData("[[rules]]\nmay = \"viewer\"", 1, 3, "a rule needs 'who'; everybody is who = \"everybody\"")]
    [InlineData("[[rules]]\nwho = \"everybody\"", 1, 3, "a rule needs 'may' or 'refuse'")]
    [InlineData("[[rules]]\nwho = \"everybody\"\nmay = \"viewer\"\nrefuse = \"viewer\"", 1, 3, "a rule has 'may' or 'refuse', not both")]
    [InlineData("[[rules]]\nwho = \"alice\"\nmay = \"viewer\"", 2, 7, "this must be a table, as in who = { user = \"alice\" }")]
    [InlineData("[[rules]]\nwho = {}\nmay = \"viewer\"", 2, 7, "nobody is said; everybody is who = \"everybody\"")]
    [InlineData("[[rules]]\nwho = \"everybody\"\nmay = []", 3, 7, "an empty list")]
    [InlineData("[[rules]]\nwho = \"everybody\"\nmay = 7", 3, 7, "this must be a text that is not empty")]
    [InlineData("[[rules]]\nwho = \"everybody\"\nmay = \"viewer\"\non = {}", 4, 6, "nothing is said; a rule about everything has no 'on'")]
    [InlineData("[[rules]]\nwho = \"everybody\"\nmay = \"viewer\"\non = { uuid = \"7\" }", 4, 15, "'7' is no uuid")]
    [InlineData("[[rules]]\nwho = \"everybody\"\nmay = \"domain.start\"\non = { kind = \"network\" }", 4, 6, "none of the rule's rights is about such objects")]
    [InlineData("[[rules]]\nwho = \"everybody\"\nmay = \"connect.write\"\non = { owner = \"a\" }", 4, 6, "none of the rule's rights is about such objects")]
    [InlineData("[rules]\nwho = \"everybody\"", 1, 2, "rules are a list: write [[rules]]")]
    [InlineData("[roles.admin]\nmay = \"viewer\"", 1, 2, "'admin' cannot be the name of a role: it means something already")]
    [InlineData("[roles.mine]", 1, 2, "role 'mine' has no 'may'")]
    [InlineData("[users]", 1, 2, "nobody knows [users]: there are [[rules]] and [roles.NAME]")]
    [InlineData("version = 1", 1, 1, "'version' stands outside of [[rules]] and [roles.NAME]")]
    public void What_is_wrong_is_said_with_its_place(string text, int line, int column, string message)
    {
        var wrong = Assert.Throws<RightsException>(() => File(text));
        Assert.Contains(new RightsComplaint(line, column, message), wrong.Complaints);
        Assert.Contains($"rights.toml:{line}:{column}: {message}", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kind_that_is_none_is_told_which_there_are()
    {
        var wrong = Assert.Throws<RightsException>(() => File("[[rules]]\nwho = \"everybody\"\nmay = \"viewer\"\non = { kind = \"vm\" }"));
        Assert.StartsWith("there is no kind 'vm': there are connect, domain, interface,", wrong.Complaints[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[[rules]")]
    [InlineData("[[rules]]\nwho = ")]
    [InlineData("[[rules]]\nwho = \"everybody\"\nwho = \"everybody\"\nmay = \"viewer\"")]
    [InlineData("[[rules]]\nmay = \"a\nb\"")]
    [InlineData("\0")]
    public void What_is_no_toml_is_refused_with_a_place(string text)
    {
        RightsComplaint first = Assert.Throws<RightsException>(() => File(text)).Complaints[0];
        Assert.True(first is { Line: > 0, Column: > 0, Message.Length: > 0 });
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        var wrong = Assert.Throws<RightsException>(() => File("[[rules]]\nwho = \"everybody\"\nmay = [\"domain.fly\", \"domain.swim\"]\n[[rules]]\nmay = \"viewer\"\n"));
        Assert.Equal(3, wrong.Complaints.Count);
    }

    [Theory]
    [InlineData("*", "", true)]
    [InlineData("*", "anything", true)]
    [InlineData("web-*", "web-1", true)]
    [InlineData("web-*", "Web-1", false)]
    [InlineData("?", "", false)]
    [InlineData("a*b*c", "a-b-b-c", true)]
    [InlineData("a*b*c", "a-c-b", false)]
    [InlineData("*aaaaaaaaaaaaaaaaaaaaab", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false)]
    public void Patterns_know_star_and_question_mark(string pattern, string text, bool fits) => Assert.Equal(fits, new Pattern(pattern).Matches(text));
}
