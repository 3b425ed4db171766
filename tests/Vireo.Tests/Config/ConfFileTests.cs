using Vireo.Core.Config;
using Vireo.Core.Errors;
using Xunit;

namespace Vireo.Tests.Config;

public sealed class ConfFileTests
{
    [Fact]
    public void Every_kind_of_value_is_read()
    {
        ConfFile file = ConfFile.Parse(
            "# a comment\n\n  a = 5   # five\nb=-7\nc = \"two words\" \nd = 'it is \"so\"'\n" +
            "e = \"\"\"one\ntwo\"\"\"\nf = [ \"x\",\n 'y',\n]\ng = []\na = 6", "x.conf");
        Assert.Equal(6, file.Find("a")!.Number);
        Assert.Equal(-7, file.Find("b")!.Number);
        Assert.Equal("two words", file.Find("c")!.Text);
        Assert.Equal("it is \"so\"", file.Find("d")!.Text);
        Assert.Equal("one\ntwo", file.Find("e")!.Text);
        Assert.Equal(["x", "y"], file.Find("f")!.List);
        Assert.Empty(file.Find("g")!.List!);
        Assert.Equal((3, 7), (ConfFile.Parse("\n\na  =  1", "x").Find("a")!.Line, ConfFile.Parse("\n\na  =  1", "x").Find("a")!.Column));
    }

    [Theory]
    [InlineData("a = ", "x.conf:1:5: expecting a value")]
    [InlineData("a\n", "x.conf:1:2: expecting '='")]
    [InlineData("\n a = 1 2", "x.conf:2:8: '2' after the value")]
    [InlineData("a = \"b\nc\"", "x.conf:1:5: a string that begins with \" does not end")]
    [InlineData("a = [\"b\" \"c\"]", "x.conf:1:10: expecting ',' or ']'")]
    [InlineData("a = [\"b\"", "x.conf:1:9: expecting")]
    [InlineData("= 5", "x.conf:1:1: expecting the name")]
    [InlineData("a = 99999999999999999999", "x.conf:1:5: '99999999999999999999' is not a number")]
    public void A_mistake_says_where_it_is(string text, string message)
    {
        var error = Assert.Throws<VireoException>(() => ConfFile.Parse(text, "x.conf"));
        Assert.Equal(ErrorCode.ConfSyntax, error.Code);
        Assert.Contains(message, error.Message);
    }

    // What stock libvirt 9.0.0 writes of each.
    [Theory]
    [InlineData("# c\n\n  # d\na = 1 # e\nb=\"x\"#f\nc='y'\nd = \"\"\"q\"r\"\"\"\n", "# c\n# d\na = 1 # e\nb = \"x\" #f\nc = \"y\"\nd = 'q\"r'\n")]
    [InlineData("a=[ \"x\" , [ \"y\" ],3 ]", "a = [ \"x\", [ \"y\" ], 3 ]\n")]
    [InlineData("a=[\n]", "a = [  ]\n")]
    [InlineData("a=1;b=-2", "a = 1\nb = -2\n")]
    [InlineData("a=18446744073709551615\r\na=+2", "a = 18446744073709551615\na = 2\n")]
    [InlineData("a = \"\"\"x'y\"z\"\"\"", "a = \"\"\"x'y\"z\"\"\"\n")]
    public void Is_written_as_stock_writes_it(string text, string written) => Assert.Equal(written, ConfFile.Parse(text, "x").ToString());

    [Theory]
    [InlineData("a.b=1")]
    [InlineData("a-b=1")]
    [InlineData("_a=1")]
    [InlineData("a=[\n\"x\",\n# c\n\"y\"\n]\n")]
    [InlineData("a=0x10")]
    [InlineData("a=[,]")]
    public void What_stock_refuses_is_refused(string text) => Assert.Throws<VireoException>(() => ConfFile.Parse(text, "x"));

    [Fact]
    public void Random_text_is_read_or_refused_and_nothing_else()
    {
        const string alphabet = "ab= \n\"'[],#\t-15_é";
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++)
        {
            string text = new([.. Enumerable.Range(0, random.Next(24)).Select(_ => alphabet[random.Next(alphabet.Length)])]);
            try
            {
                ConfFile.Parse(text, "f");
            }
            catch (VireoException)
            {
            }
        }
    }

    const string AllKeys = """
        listen_tls listen_tcp tls_port tcp_port listen_addr unix_sock_group unix_sock_ro_perms unix_sock_rw_perms
        unix_sock_admin_perms unix_sock_dir auth_unix_ro auth_unix_rw auth_tcp auth_tls tcp_min_ssf access_drivers key_file
        cert_file ca_file crl_file tls_no_sanity_certificate tls_no_verify_certificate tls_allowed_dn_list tls_priority
        sasl_allowed_username_list max_clients max_queued_clients max_anonymous_clients min_workers max_workers prio_workers
        max_client_requests admin_min_workers admin_max_workers admin_max_clients admin_max_queued_clients
        admin_max_client_requests log_level log_filters log_outputs audit_level audit_logging host_uuid host_uuid_source
        keepalive_interval keepalive_count keepalive_required admin_keepalive_required admin_keepalive_interval
        admin_keepalive_count ovs_timeout
        """;

    [Fact]
    public void All_51_keys_of_libvirtd_conf_are_known_and_others_are_named()
    {
        string[] keys = AllKeys.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(51, keys.Length);
        string text = string.Concat(keys.Select(static key => $"{key} = {Example(key)}\n")) + "max_clinets = 7\n";
        LibvirtdConfig config = LibvirtdConfig.From(ConfFile.Parse(text, "libvirtd.conf"));
        Assert.Equal(["max_clinets"], config.Unknown);
        Assert.Equal((1, 1, "text", 0x1f8u), (config.MaxClients, config.KeepaliveCount, config.UnixSocketGroup, config.UnixSocketMode));
    }

    static string Example(string key) => key switch
    {
        _ when key.EndsWith("_perms", StringComparison.Ordinal) => "\"0770\"",
        _ when key.StartsWith("auth_", StringComparison.Ordinal) => "\"none\"",
        "access_drivers" or "tls_allowed_dn_list" or "sasl_allowed_username_list" => "[ \"nop\" ]",
        "host_uuid_source" => "\"machine-id\"",
        "host_uuid" => "\"c7a5fdbd-edaf-9455-926a-d65c16db1809\"",
        "tcp_min_ssf" => "112",
        "log_filters" or "log_outputs" => "\"1:stderr\"",
        "unix_sock_group" or "unix_sock_dir" or "listen_addr" or "tls_port" or "tcp_port" or "key_file" or "cert_file" or "ca_file"
            or "crl_file" or "tls_priority" => "\"text\"",
        _ => "1",
    };

    [Fact]
    public void All_wrong_values_are_told_at_once()
    {
        var error = Assert.Throws<VireoException>(() => LibvirtdConfig.From(ConfFile.Parse(
            "max_clients = \"many\"\nunix_sock_rw_perms = \"0888\"\nauth_unix_rw = \"kerberos\"", "l.conf")));
        Assert.Contains("l.conf:1:15: expected a number that is not negative for 'max_clients' parameter", error.Message);
        Assert.Contains("l.conf:2:22: expected octal permissions", error.Message);
        Assert.Contains("l.conf:3:16: expected one of none, sasl, polkit", error.Message);
    }

    [Fact]
    public void The_file_that_the_distribution_installs_is_accepted_with_every_setting_switched_on()
    {
        const string path = "/etc/libvirt/libvirtd.conf";
        if (!File.Exists(path))
            Assert.Skip($"there is no {path}");
        Assert.Empty(LibvirtdConfig.From(ConfFile.Load(path)).Unknown);
        // Its examples are comments of the form "#key = value".
        string text = string.Join('\n', File.ReadLines(path).Select(static line =>
            line.Length > 1 && line[0] == '#' && char.IsAsciiLetterLower(line[1]) && line.Contains(" = ") ? line[1..] : "")
            .Where(static line => !line.EndsWith('[')));
        text = text.Replace("00000000-0000-0000-0000-000000000000", "c7a5fdbd-edaf-9455-926a-d65c16db1809", StringComparison.Ordinal);
        Assert.Empty(LibvirtdConfig.From(ConfFile.Parse(text, path)).Unknown);
    }
}
