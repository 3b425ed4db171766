using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Driver.Login;
using Vireo.Drivers.Test;
using Xunit;

namespace Vireo.Tests.Drivers.Test;

/// <summary>The documents of <c>test:///FILE</c>. What stock libvirt 9.0.0 makes of them is compared in Vireo.EndToEnd.</summary>
public sealed class NodeDocumentTests : IDisposable
{
    const string Space = "xmlns:test='http://libvirt.org/schemas/domain/test/1.0'";

    readonly string folder = Directory.CreateTempSubdirectory("node").FullName;

    static T Now<T>(ValueTask<T> call)
    {
        Assert.True(call.IsCompleted, "a call of the test driver did not complete synchronously");
        return call.GetAwaiter().GetResult();
    }

    void File(string name, string text) => System.IO.File.WriteAllText(Path.Join(folder, name), text);

    IDriverConnection Open(string node)
    {
        File("node.xml", node);
        return Now(TestDriver.Create().OpenAsync(ConnectionUri.Parse($"test://{folder}/node.xml"), Caller.Self, default))!;
    }

    static T On<T>(IDriverConnection connection) where T : class => connection.Capabilities.Find<T>()!;

    static string Domain(string name, string marks = "") => $"<domain type='test' {Space}><name>{name}</name>{marks}<memory>1024</memory><os><type>hvm</type></os></domain>";

    static string Snapshot(string name, string? parent, int active, string more = "") =>
        $"<domainsnapshot><name>{name}</name>{(parent is null ? "" : $"<parent><name>{parent}</name></parent>")}"
        + $"<creationTime>1500000000</creationTime><state>running</state>{more}<active>{active}</active></domainsnapshot>";

    static string Name(string snapshot) => $"<test:domainsnapshot file='{snapshot}.xml'/>";

    [Theory]
    [InlineData("", "i686 3145728 16 1400 2 2 2 2")]
    [InlineData("<cpu><nodes/></cpu>", "i686 3145728 16 1400 2 2 2 2")]
    [InlineData("<cpu><nodes>3</nodes><sockets>0</sockets></cpu>", "i686 3145728 0 1400 3 0 2 2")]
    [InlineData("<cpu><active>500</active></cpu>", "i686 3145728 16 1400 2 2 2 2")]
    [InlineData("<cpu><active>0</active></cpu>", "i686 3145728 0 1400 2 2 2 2")]
    [InlineData("<cpu><nodes>2</nodes></cpu><cpu><sockets>9</sockets><nodes>7</nodes></cpu>", "i686 3145728 72 1400 2 9 2 2")]
    [InlineData("<memory unit='MiB'>10</memory>", "i686 10 16 1400 2 2 2 2")]
    [InlineData("<cpu><mhz>6000</mhz><model>i986</model><active>50</active><nodes>4</nodes><sockets>4</sockets><cores>4</cores><threads>2</threads></cpu><memory>8192000</memory>",
        "i986 8192000 50 6000 4 4 4 2")]
    public void The_host_is_as_its_document_says(string node, string expected)
    {
        NodeInfo info = Now(On<INodeInfo>(Open($"<node>{node}</node>")).GetNodeInfoAsync(default));
        Assert.Equal(expected, $"{info.Model} {info.Memory} {info.Cpus} {info.Mhz} {info.Nodes} {info.Sockets} {info.Cores} {info.Threads}");
    }

    sealed class Person(params string[] answers) : ILogins
    {
        int at;

        internal List<string> Asked { get; } = [];

        public ValueTask<string> GetUserAsync(string service, string host, CancellationToken cancel) => Say($"user of {service} on {host}");

        public ValueTask<string> GetPasswordAsync(string service, string host, string user, CancellationToken cancel) => Say($"password of {user}");

        ValueTask<string> Say(string question)
        {
            Asked.Add(question);
            return new(answers[at++]);
        }
    }

    const string Users = "<node><auth><user password='123456'>bob</user><user>open</user><user password='2'>open</user></auth></node>";

    [Theory]
    [InlineData("bob 123456", true, "password of bob")]
    [InlineData("bob 12345", false, "password of bob")]
    [InlineData("open", true, null)]
    [InlineData("alice 123456", false, "password of alice")]
    public void A_host_with_users_asks_who_it_is(string answers, bool mayIn, string? password)
    {
        var person = new Person(answers.Split(' '));
        File("node.xml", Users);
        ValueTask<IDriverConnection?> Opening() => TestDriver.Create().OpenAsync(ConnectionUri.Parse($"test://{folder}/node.xml"), Caller.Self with { Logins = person }, default);
        if (mayIn)
            Assert.NotNull(Now(Opening()));
        else
            Assert.Equal(
                (ErrorCode.AuthFailed, "authentication failed: authentication failed, see test XML for the correct username/password"),
                Assert.Throws<VireoException>(() => Now(Opening())) is var refused ? (refused.Code, refused.Message) : default);
        Assert.Equal(password is null ? ["user of test on localhost"] : ["user of test on localhost", password], person.Asked);
    }

    [Fact]
    public void Domains_are_in_the_state_that_they_are_said_to_be_in()
    {
        File("d.xml", Domain("referred", "<test:runstate>3</test:runstate>"));
        IDriverConnection connection = Open("<node>" + Domain("plain") + Domain("off", "<test:runstate>5</test:runstate>")
            + Domain("brief", "<test:transient/>") + Domain("saved", "<test:hasmanagedsave/><test:runstate>5</test:runstate>") + "<domain file='d.xml'/></node>");
        string[] seen = [.. Now(On<IDomainListing>(connection).ListAllAsync(ListDomainsFlags.None, default)).Select(domain =>
            $"{domain.Name} {domain.Id} {Now(On<IDomainInfo>(connection).GetStateAsync(domain, 0, default)).State}"
            + $" {Now(On<IDomainInfo>(connection).IsPersistentAsync(domain, default))} {Now(On<IDomainManagedSaveImage>(connection).HasManagedSaveAsync(domain, 0, default))}")];
        Assert.Equal(["plain 1 Running True False", "off -1 ShutOff True False", "brief 2 Running False False", "saved -1 ShutOff True True", "referred 3 Paused True False"], seen);
    }

    [Fact]
    public void Marks_of_the_test_driver_are_no_part_of_a_definition()
    {
        IDriverConnection connection = Open("<node>" + Domain("plain", "<test:runstate>3</test:runstate>") + "</node>");
        DomainRef domain = Now(On<IDomainLookup>(connection).LookupByNameAsync("plain", default));
        Assert.DoesNotContain("test:", Now(On<IDomainInfo>(connection).GetXmlAsync(domain, DomainXmlFlags.None, default)), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_connection_has_a_host_of_its_own()
    {
        IDriverConnection one = Open("<node>" + Domain("plain") + "</node>"), two = Open("<node>" + Domain("plain") + "</node>");
        DomainRef domain = Now(On<IDomainLookup>(one).LookupByNameAsync("plain", default));
        Assert.True(On<IDomainPower>(one).DestroyAsync(domain, default).IsCompletedSuccessfully);
        Assert.Equal(1, Now(On<IDomainListing>(two).CountActiveAsync(default)));
    }

    [Fact]
    public void Networks_interfaces_and_pools_are_active()
    {
        File("v.xml", "<volume><name>v</name><capacity>1</capacity></volume>");
        IDriverConnection connection = Open("""
            <node><network><name>n</name></network><interface type='ethernet' name='eth9'><mac address='aa:bb:cc:dd:ee:00'/></interface>
              <pool type='dir'><name>p</name><target><path>/p</path></target><volume file='v.xml'/></pool></node>
            """);
        Assert.Equal("n", Now(On<INetworkListing>(connection).ListActiveNamesAsync(default)).Single());
        Assert.Equal("eth9", Now(On<IInterfaceListing>(connection).ListActiveNamesAsync(default)).Single());
        Assert.Equal("p", Now(On<IStoragePoolListing>(connection).ListActiveNamesAsync(default)).Single());
    }

    [Theory]
    [InlineData("<node>", ErrorCode.XmlDetail, "/node.xml:1: ")]
    [InlineData("", ErrorCode.XmlDetail, "/node.xml:1: ")]
    [InlineData("<pool/>", ErrorCode.XmlError, "expecting root element of 'node', not 'pool'")]
    [InlineData("<node><cpu><nodes>x</nodes></cpu></node>", ErrorCode.XmlError, "invalid node cpu nodes value")]
    [InlineData("<node><cpu><active>-1</active></cpu></node>", ErrorCode.XmlError, "invalid node cpu active value")]
    [InlineData("<node><cpu><mhz> 3 </mhz></cpu></node>", ErrorCode.XmlError, "invalid node cpu mhz value")]
    [InlineData("<node><memory>-1</memory></node>", ErrorCode.XmlError, "invalid node memory value")]
    [InlineData("<node><cpu><model>mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm</model></cpu></node>", ErrorCode.InternalError, "too big for destination")]
    [InlineData("<node><domain file='nowhere.xml'/></node>", ErrorCode.XmlError, "failed to parse xml document '")]
    [InlineData("<node><network file='node.xml'/></node>", ErrorCode.XmlError, "expecting root element of 'network', not 'node'")]
    [InlineData("<node><auth><user/></auth></node>", ErrorCode.XmlError, "missing username in /node/auth/user field")]
    [InlineData("<node><auth><user>bob</user></auth></node>", ErrorCode.InvalidArg, "Missing authentication credentials")]
    public void A_wrong_document_is_refused(string node, ErrorCode code, string message)
    {
        var refused = Assert.Throws<VireoException>(() => Open(node));
        Assert.Equal(code, refused.Code);
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<test:runstate>8</test:runstate>", "runstate '8' out of range'")]
    [InlineData("<test:runstate>x</test:runstate>", "invalid runstate")]
    [InlineData("<test:runstate>5</test:runstate><test:transient/>", "transient domain cannot have runstate 'shutoff'")]
    [InlineData("<test:hasmanagedsave/>", "domain with managedsave data can only have runstate 'shutoff'")]
    [InlineData("<test:domainsnapshot/>", "a redefined snapshot must have a name")]
    [InlineData("<test:domainsnapshot><name>s</name><creationTime>5</creationTime><state>running</state></test:domainsnapshot>", "Could not find 'active' element")]
    public void A_wrong_mark_is_refused(string mark, string message) => Assert.Contains(message,
        Assert.Throws<VireoException>(() => Open($"<node>{Domain("a", mark)}</node>")).Message, StringComparison.Ordinal);

    [Fact]
    public void Two_domains_of_one_name_are_refused() => Assert.Equal(ErrorCode.OperationFailed,
        Assert.Throws<VireoException>(() => Open($"<node>{Domain("a")}{Domain("a")}</node>")).Code);

    [Fact]
    public void Snapshots_come_with_a_domain()
    {
        File("s1.xml", Snapshot("s1", null, 0, Domain("a")));
        File("s2.xml", Snapshot("s2", "s1", 1));
        IDriverConnection connection = Open($"<node>{Domain("a", Name("s1") + Name("s2"))}</node>");
        Assert.Single(Now(On<IDomainListing>(connection).ListAllAsync(ListDomainsFlags.HasSnapshot, default)));
    }

    [Theory]
    [InlineData("nobody", "s1", 0, 0, "inconsistent relations")]
    [InlineData("s2", "s1", 0, 0, "inconsistent relations")]
    [InlineData("s1", "s1", 0, 0, "inconsistent relations")]
    [InlineData(null, "s1", 1, 1, "more than one snapshot claims to be active")]
    public void Snapshots_that_contradict_each_other_are_refused(string? firstParent, string secondParent, int firstActive, int secondActive, string message)
    {
        File("s1.xml", Snapshot("s1", firstParent, firstActive));
        File("s2.xml", Snapshot("s2", secondParent, secondActive));
        Assert.Contains(message, Assert.Throws<VireoException>(() => Open($"<node>{Domain("a", Name("s1") + Name("s2"))}</node>")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/dev/zero", ErrorCode.XmlDetail)]
    [InlineData("/", ErrorCode.XmlError)]
    [InlineData("/dev/stdin-that-is-not-there", ErrorCode.XmlError)]
    public void What_is_no_document_is_refused_and_nobody_waits(string path, ErrorCode code) => Assert.Equal(code, Assert.Throws<VireoException>(() =>
        Open($"<node><domain file='{path}'/></node>")).Code);

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
