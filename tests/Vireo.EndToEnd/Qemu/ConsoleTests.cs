using System.Text;
using Vireo.Core.Errors;
using Vireo.Driver;
using Xunit;

namespace Vireo.EndToEnd.Qemu;

/// <summary>The terminal of a guest whose firmware talks on its serial port.</summary>
public sealed class ConsoleTests
{
    static CancellationToken Test => TestContext.Current.CancellationToken;

    static string Talking => QemuRoot.Guest("t1")
        .Replace("<domain ", "<domain xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0' ", StringComparison.Ordinal)
        .Replace("</domain>", "<qemu:commandline><qemu:arg value='-machine'/><qemu:arg value='graphics=off'/></qemu:commandline></domain>",
            StringComparison.Ordinal);

    sealed class Client : IStreamSink
    {
        readonly StringBuilder _heard = new();

        internal bool IsReady { get; set; }
        internal bool WasDisturbed { get; private set; }
        internal VirError? Failure { get; private set; }

        internal string Heard
        {
            get { lock (_heard) return _heard.ToString(); }
        }

        public bool Send(ReadOnlySpan<byte> data)
        {
            if (!IsReady) WasDisturbed = true;
            lock (_heard) _heard.Append(Encoding.UTF8.GetString(data));
            return true;
        }

        public void Resume() { }

        public void End() { }

        public void Fail(VirError error) => Failure = error;
    }

    static async Task UntilAsync(Func<bool> condition)
    {
        for (int i = 0; i < 3000 && !condition(); i++) await Task.Delay(10, Test);
        Assert.True(condition());
    }

    [Fact]
    public async Task The_first_client_keeps_the_console_until_one_takes_it_by_force()
    {
        await using var root = await new QemuRoot().StartAsync();
        var guest = await root.Get<IDomainPower>().CreateTransientAsync(Talking, DomainCreateFlags.StartPaused, Test);
        var consoles = root.Get<IDomainConsoles>();
        Client first = new(), second = new();
        var stream = await consoles.OpenConsoleAsync(guest, null, default, first, Test);
        var refused = await Assert.ThrowsAsync<VireoException>(() => consoles.OpenConsoleAsync(guest, null, default, second, Test).AsTask());
        Assert.Equal("operation failed: Active console session exists for this domain", refused.Message);
        await root.Get<IDomainPause>().ResumeAsync(guest, Test);
        first.IsReady = true;
        stream.Ready();
        await UntilAsync(() => first.Heard.Contains("SeaBIOS", StringComparison.Ordinal));
        Assert.Null(first.Failure);
        var taken = await consoles.OpenConsoleAsync(guest, null, DomainConsoleFlags.Force, second, Test);
        Assert.NotNull(first.Failure);
        taken.Finished();
        (await consoles.OpenConsoleAsync(guest, null, default, first, Test)).Finished();
    }

    [Fact]
    public async Task Nothing_is_sent_to_a_client_that_is_not_ready()
    {
        await using var root = await new QemuRoot().StartAsync();
        // What a guest says while nobody has its terminal open is lost, so it may not run before; its log tells when it has said something.
        string log = Path.Join(Path.GetDirectoryName(root.Places.LogFile("t1")), "said.log");
        string xml = Talking.Replace("<serial type='pty'/>", $"<serial type='pty'><log file='{log}'/></serial>", StringComparison.Ordinal);
        var guest = await root.Get<IDomainPower>().CreateTransientAsync(xml, DomainCreateFlags.StartPaused, Test);
        Client waits = new();
        var stream = await root.Get<IDomainConsoles>().OpenConsoleAsync(guest, null, default, waits, Test);
        await root.Get<IDomainPause>().ResumeAsync(guest, Test);
        await UntilAsync(() => File.ReadAllText(log).Contains("SeaBIOS", StringComparison.Ordinal));
        Assert.False(waits.WasDisturbed);
        waits.IsReady = true;
        stream.Ready();
        await UntilAsync(() => waits.Heard.Contains("SeaBIOS", StringComparison.Ordinal));
        Assert.False(waits.WasDisturbed);
        stream.Finished();
    }
}
