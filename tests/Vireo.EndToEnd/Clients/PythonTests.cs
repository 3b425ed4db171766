using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Clients;

/// <summary>Debian's python3-libvirt, unchanged.</summary>
public class PythonTests
{
    const string Script = """
        import libvirt, sys, threading

        uri, xml = sys.argv[1], open(sys.argv[2]).read()
        libvirt.registerErrorHandler(lambda ctx, err: None, None)
        libvirt.virEventRegisterDefaultImpl()
        def loop():
            while True:
                libvirt.virEventRunDefaultImpl()
        threading.Thread(target=loop, daemon=True).start()

        conn = libvirt.open(uri)
        seen, ended = [], threading.Event()
        def lifecycle(conn, dom, event, detail, opaque):
            seen.append((dom.name(), event, detail))
            if event == libvirt.VIR_DOMAIN_EVENT_UNDEFINED:
                ended.set()
        conn.domainEventRegisterAny(None, libvirt.VIR_DOMAIN_EVENT_ID_LIFECYCLE, lifecycle, None)

        dom = conn.defineXML(xml)
        print("listed", [d.name() for d in conn.listAllDomains()])
        dom.create()
        print("active", dom.isActive(), "id", dom.ID() > 0, "state", dom.state()[0])
        dom.suspend()
        print("state", dom.state())
        dom.resume()
        dom.destroy()
        print("active", dom.isActive(), "id", dom.ID())
        dom.undefine()
        try:
            conn.lookupByName("snake")
        except libvirt.libvirtError as e:
            print("error", e.get_error_code(), e.get_error_domain(), e)
        ended.wait(30)
        # QEMU says SHUTDOWN when it is terminated; whether it is heard before the process is gone is a race, in stock too.
        print("events", [(event, detail) for name, event, detail in seen if event != libvirt.VIR_DOMAIN_EVENT_SHUTDOWN])
        conn.close()
        """;

    [Fact]
    public async Task Lists_starts_watches_lifecycle_events_and_destroys()
    {
        await Needs.PythonModuleAsync("libvirt");
        Needs.Program("qemu-system-x86_64");
        await using VireoDaemon daemon = await VireoDaemon.StartAsync();
        string script = Path.Join(daemon.Root, "script.py"), xml = Path.Join(daemon.Root, "snake.xml");
        await File.WriteAllTextAsync(script, Script, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(xml, Guests.Tiny("snake"), TestContext.Current.CancellationToken);

        CommandResult result = await Command.RunAsync(Needs.Program("/usr/bin/python3"), [script, daemon.QemuUri, xml]);

        Assert.True(result.ExitCode == 0, $"{result}\n{daemon.Log}");
        Assert.Equal(
            """
            listed ['snake']
            active 1 id True state 1
            state [3, 1]
            active 0 id -1
            error 42 10 Domain not found: no domain with matching name 'snake'
            events [(0, 0), (4, 0), (2, 0), (3, 0), (4, 0), (5, 1), (1, 0)]

            """.ReplaceLineEndings("\n"), result.Output);
        Assert.Empty(daemon.Guests());
    }
}
