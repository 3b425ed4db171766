using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using Vireo.Rpc.Messages;
using Vireo.Rpc.Posix;
using Vireo.Rpc.Security;
using Vireo.Rpc.Server;
using Vireo.Rpc.Xdr;
using Vireo.Testing.Pki;
using Xunit;

namespace Vireo.Tests.Rpc;

public sealed class TlsTests : IDisposable
{
    readonly TestPki pki = new(Directory.CreateTempSubdirectory("vireo-tls").FullName);
    readonly FakeClock clock = new();
    readonly List<IDisposable> open = [];

    public TlsTests()
    {
        pki.Issue("server", "CN=localhost", TestPki.ServerAuth).Dispose();
        Client = pki.Issue("client", "CN=client1, O=Red Hat, C=GB", TestPki.ClientAuth);
    }

    X509Certificate2 Client { get; }

    public void Dispose()
    {
        foreach (IDisposable one in Enumerable.Reverse(open))
            one.Dispose();
        pki.Dispose();
        Directory.Delete(pki.Folder, true);
    }

    TlsService Service(TlsRules? rules = null, string? crl = null) => TlsService.Load(
        new TlsFiles(pki.Ca, Path.Join(pki.Folder, "servercert.pem"), Path.Join(pki.Folder, "serverkey.pem"), crl), rules ?? new TlsRules(), NullLogger.Instance);

    ServerFixture fixture = null!;

    Socket Connect(TlsService service, RpcServerOptions? options = null)
    {
        if (fixture is null)
        {
            fixture = new ServerFixture(options, clock);
            open.Add(fixture);
        }
        (int ours, int theirs) = UnixSocket.Pair();
        fixture.Server.Attach(theirs, new RpcService { Transport = RpcTransport.Tls, Tls = service });
        Socket socket = ServerFixture.Wrap(ours);
        open.Add(socket);
        return socket;
    }

    SslStream Shake(Socket socket, X509Certificate2? certificate, SslProtocols protocols = SslProtocols.None)
    {
        var stream = new SslStream(new NetworkStream(socket), false, (_, certificate, _, _) => certificate is not null);
        open.Add(stream);
        stream.AuthenticateAsClient(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            EnabledSslProtocols = protocols,
            ClientCertificateContext = certificate is null ? null : SslStreamCertificateContext.Create(certificate, null, offline: true),
        });
        return stream;
    }

    /// <summary>Whether the peer was told that it is welcome; else the connection ends.</summary>
    static bool IsWelcome(SslStream stream)
    {
        int said = stream.ReadByte();
        Assert.True(said is 1 or -1);
        return said == 1;
    }

    static (MessageHeader Header, byte[] Payload) Ask(SslStream stream, byte[] call)
    {
        stream.Write(call);
        byte[] word = new byte[4];
        stream.ReadExactly(word);
        byte[] rest = new byte[System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(word) - 4];
        stream.ReadExactly(rest);
        return (MessageHeader.Read(rest), rest[MessageHeader.Size..]);
    }

    static string Text(byte[] payload) => new XdrReader(payload).ReadString(4096);

    [Theory, InlineData(SslProtocols.Tls12), InlineData(SslProtocols.Tls13)]
    public void A_certified_client_is_told_so_by_a_byte_and_served(SslProtocols protocol)
    {
        SslStream stream = Shake(Connect(Service()), Client, protocol);
        Assert.True(IsWelcome(stream));
        Assert.Equal(MessageStatus.Ok, Ask(stream, Bytes.Call(TestProgram.Login, 1)).Header.Status);
        Assert.Equal("here", Text(Ask(stream, Bytes.Echo(TestProgram.Echo, 2, "here")).Payload));
        Assert.Equal("by a worker", Text(Ask(stream, Bytes.Echo(TestProgram.EchoByWorker, 3, "by a worker")).Payload));
    }

    [Fact]
    public void Messages_may_be_cut_anywhere_and_be_larger_than_a_record()
    {
        SslStream stream = Shake(Connect(Service()), Client);
        Assert.True(IsWelcome(stream));
        Ask(stream, Bytes.Call(TestProgram.Login, 1));
        foreach (byte one in Bytes.Echo(TestProgram.Echo, 2, "cut")[..^1])
            stream.Write([one]);
        Assert.Equal("cut", Text(Ask(stream, Bytes.Echo(TestProgram.Echo, 2, "cut")[^1..]).Payload));
        // The events and the reply are some hundred records; the first message is an event.
        (MessageHeader header, byte[] payload) = Ask(stream, Bytes.Call(TestProgram.Events, 3, 20, 200_000));
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal((MessageType.Message, 200_004), (header.Type, payload.Length));
            (header, payload) = Ask(stream, []);
        }
        Assert.Equal(3u, header.Serial);
    }

    [Fact]
    public void Who_shows_no_certificate_or_a_strange_one_is_hung_up_on()
    {
        using var other = new TestPki(Path.Join(pki.Folder, "other"), "CN=Other CA");
        using X509Certificate2 strange = other.Issue("client", "CN=client1", TestPki.ClientAuth);
        TlsService service = Service();
        Assert.False(IsWelcome(Shake(Connect(service), null)));
        Assert.False(IsWelcome(Shake(Connect(service), strange)));
        Assert.True(IsWelcome(Shake(Connect(service), Client)));
    }

    [Fact]
    public void Expired_certificates_and_those_of_authorities_are_refused()
    {
        TlsService service = Service();
        using X509Certificate2 old = pki.Issue("old", "CN=old", TestPki.ClientAuth, until: DateTimeOffset.UtcNow.AddDays(-1));
        using X509Certificate2 early = pki.Issue("early", "CN=early", TestPki.ClientAuth, from: DateTimeOffset.UtcNow.AddDays(1));
        using X509Certificate2 authority = pki.Issue("authority", "CN=authority", TestPki.ClientAuth, isAuthority: true);
        foreach (X509Certificate2 wrong in new[] { old, early, authority })
            Assert.False(IsWelcome(Shake(Connect(service), wrong)));
    }

    [Fact, Trait("libvirtd.conf", "tls_no_verify_certificate")]
    public void With_tls_no_verify_certificate_anybody_is_let_in()
    {
        using var other = new TestPki(Path.Join(pki.Folder, "other"), "CN=Other CA");
        using X509Certificate2 strange = other.Issue("client", "CN=client1", TestPki.ClientAuth);
        TlsService service = Service(new TlsRules { NoVerify = true });
        Assert.True(IsWelcome(Shake(Connect(service), null)));
        Assert.True(IsWelcome(Shake(Connect(service), strange)));
    }

    [Theory, Trait("libvirtd.conf", "tls_allowed_dn_list")]
    [InlineData("C=GB,O=Red Hat,CN=client1", true)]
    [InlineData("*,CN=client?", true)]
    [InlineData("CN=client1,O=Red Hat,C=GB", false)]        // the order is the certificate's
    [InlineData("C=GB", false)]
    public void Only_names_on_the_list_are_let_in(string pattern, bool welcome) =>
        Assert.Equal(welcome, IsWelcome(Shake(Connect(Service(new TlsRules { AllowedNames = ["CN=somebody", pattern] })), Client)));

    [Fact, Trait("libvirtd.conf", "crl_file")]
    public void A_certificate_that_was_taken_back_is_refused_and_so_are_all_under_a_list_that_is_too_old()
    {
        using X509Certificate2 second = pki.Issue("second", "CN=second", TestPki.ClientAuth);
        TlsService service = Service(crl: pki.Revoke(DateTimeOffset.UtcNow.AddDays(3), Client));
        Assert.False(IsWelcome(Shake(Connect(service), Client)));
        Assert.True(IsWelcome(Shake(Connect(service), second)));
        TlsService late = Service(crl: pki.Revoke(DateTimeOffset.UtcNow.AddDays(-1)));
        Assert.False(IsWelcome(Shake(Connect(late), second)));
    }

    [Fact]
    public void Files_are_read_again_for_those_who_come_later_and_mistakes_in_them_change_nothing()
    {
        TlsService service = Service();
        using var other = new TestPki(Path.Join(pki.Folder, "other"), "CN=Other CA");
        using X509Certificate2 theirs = other.Issue("client", "CN=theirs", TestPki.ClientAuth);
        other.Issue("server", "CN=localhost", TestPki.ServerAuth).Dispose();
        SslStream before = Shake(Connect(service), Client);
        Assert.True(IsWelcome(before));
        File.Copy(other.Ca, pki.Ca, true);
        Assert.Contains("failed validation", Assert.Throws<Vireo.Core.Errors.VireoException>(service.Reload).Message);
        Assert.True(IsWelcome(Shake(Connect(service), Client)));
        foreach (string name in new[] { "servercert.pem", "serverkey.pem" })
            File.Copy(Path.Join(other.Folder, name), Path.Join(pki.Folder, name), true);
        service.Reload();
        Assert.False(IsWelcome(Shake(Connect(service), Client)));
        Assert.True(IsWelcome(Shake(Connect(service), theirs)));
        Assert.Equal(MessageStatus.Ok, Ask(before, Bytes.Call(TestProgram.Login, 1)).Header.Status);
    }

    [Fact]
    public void Who_speaks_no_TLS_is_hung_up_on_and_others_are_served()
    {
        TlsService service = Service();
        Socket clear = Connect(service);
        clear.Send(Bytes.Call(TestProgram.Login, 1));
        while (Bytes.ReadExactly(clear, 1) is not null)
        {
            // TLS's own word for it.
        }
        Assert.True(IsWelcome(Shake(Connect(service), Client)));
    }

    [Fact]
    public void A_handshake_that_is_not_ended_in_time_is_ended_by_us()
    {
        TlsService service = Service();
        Socket silent = Connect(service);
        Socket half = Connect(service);
        half.Send([0x16, 0x03, 0x01, 0x02]);
        SslStream third = Shake(Connect(service), Client);
        Assert.True(IsWelcome(third));
        clock.Advance(31);
        fixture.Server.Wake();
        Assert.Null(Bytes.ReadExactly(silent, 1));
        Assert.Null(Bytes.ReadExactly(half, 1));
        Assert.Equal(MessageStatus.Ok, Ask(third, Bytes.Call(TestProgram.Login, 1)).Header.Status);   // it has longer: the login is another thing
    }

    [Theory, Trait("libvirtd.conf", "tls_priority")]
    [InlineData("NORMAL", "")]
    [InlineData("@SYSTEM", "")]
    [InlineData("NORMAL:-VERS-ALL:+VERS-TLS1.3", "1.3")]
    [InlineData("NORMAL:-VERS-TLS1.0:-VERS-TLS1.1", "1.2 1.3")]
    [InlineData("NONE:+VERS-TLS1.2:+AES-128-GCM:+ECDHE-RSA:+AEAD", "1.2 ECDHE-RSA-AES128-GCM-SHA256")]
    [InlineData("NORMAL:-CIPHER-ALL:+CHACHA20-POLY1305:-RSA:-DHE-RSA:-ECDHE-ECDSA:-3DES-CBC", "TLS_CHACHA20_POLY1305_SHA256 ECDHE-RSA-CHACHA20-POLY1305")]
    public void Priority_strings_of_GnuTLS_choose_protocols_and_ciphers(string text, string left) =>
        Assert.Equal(left, TlsPriority.Parse(text).Text);

    [Theory]
    [InlineData("NONSENSE", "'NONSENSE'")]
    [InlineData("NORMAL:%SERVER_PRECEDENCE", "'%SERVER_PRECEDENCE'")]
    [InlineData("NORMAL:+VERS-TLS1.0", "'+VERS-TLS1.0'")]
    [InlineData("NORMAL:-SIGN-RSA-SHA256", "'-SIGN-RSA-SHA256'")]
    [InlineData("NORMAL:-VERS-ALL", "leaves no cipher suite")]
    public void What_cannot_be_obeyed_is_refused_by_name(string text, string named) =>
        Assert.Contains(named, Assert.Throws<Vireo.Core.Errors.VireoException>(() => TlsPriority.Parse(text)).Message);

    [Fact]
    public void The_chosen_protocol_is_the_only_one()
    {
        TlsService service = Service(new TlsRules { Priority = TlsPriority.Parse("NORMAL:-VERS-ALL:+VERS-TLS1.2") });
        Assert.ThrowsAny<Exception>(() => Shake(Connect(service), Client, SslProtocols.Tls13));
        SslStream stream = Shake(Connect(service), Client);
        Assert.Equal(SslProtocols.Tls12, stream.SslProtocol);
    }
}
