using Vireo.EndToEnd.CLibrary;
using Vireo.EndToEnd.Compare;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Bindings;

/// <summary>Which of the functions that python3-libvirt imports its scripts call: what nobody calls, nobody has compared.</summary>
public sealed class CallTests(BothLibraries libraries) : IClassFixture<BothLibraries>
{
    /// <summary>What no script can reach, and why.</summary>
    static readonly Dictionary<string, string> unreached = new()
    {
        ["virNetworkDHCPLeaseFree"] = "there is no guest that has asked for an address",
        ["virNetworkPortSetParameters"] = "the test driver has no ports",
    };

    [Fact]
    public async Task Every_function_that_Python_imports_is_called()
    {
        string ours = CLibraryFiles.Folder;
        await Needs.PythonModuleAsync("libvirt");
        await BothLibraries.NeedsAsync("command -v clang && command -v readelf");
        Assert.SkipWhen(StockDaemon.WhyNot() is not null, StockDaemon.WhyNot() ?? "");
        string[] names = [.. (await File.ReadAllLinesAsync(CLibraryFiles.Data("functions.txt"), TestContext.Current.CancellationToken))
            .Where(static line => line[0] != '#').Select(static line => line.Split('|')).Where(static cells => cells[1] != "libvirt-admin").Select(static cells => cells[4])];
        await File.WriteAllLinesAsync(Path.Join(libraries.Built, "names.h"), names.Select(static name => $"NAME({name})"), TestContext.Current.CancellationToken);
        await libraries.BuildAsync("clang -O1 -shared -fPIC -Wall -Werror -I. -o counter.so $data/call-counter.c -ldl");
        string imported = (await BothLibraries.ShellAsync("readelf -W --dyn-syms /usr/lib/python3/dist-packages/libvirtmod*.so | sed -n 's/.* UND *\\(vir[A-Za-z0-9]*\\)@LIBVIRT.*/\\1/p' | sort -u", new Dictionary<string, string?>())).Output;
        string called = Path.Join(libraries.Built, "called");
        string socket = (await libraries.SocketAsync(Place.Libvirtd))!;
        foreach (string script in new[] { "every-call.py $uri few", "asyncio-loop.py $uri $document", $"rest.py $uri 'qemu+unix:///system?socket={socket}'" })
        {
            CommandResult said = await libraries.OnAsync(ours, $"CALLED={called} LD_PRELOAD=$out/counter.so /usr/bin/python3 -W ignore $data/{script}", Place.InProcess);
            Assert.True(said.ExitCode == 0, said.ToString());
        }
        string[] missed = [.. imported.Split('\n', StringSplitOptions.RemoveEmptyEntries).Except(await File.ReadAllLinesAsync(called, TestContext.Current.CancellationToken))];
        Assert.Equal(unreached.Keys.Order(StringComparer.Ordinal), missed.Order(StringComparer.Ordinal));
    }

    [Theory, InlineData(Place.InProcess), InlineData(Place.Libvirtd), InlineData(Place.Vireod)]
    public async Task Lists_of_what_is_inactive_and_parameters_of_each_type(Place place)
    {
        _ = CLibraryFiles.Folder;
        await Needs.PythonModuleAsync("libvirt");
        CommandResult said = await libraries.SameAsync("/usr/bin/python3 $data/rest.py $uri", place, error: false);
        Assert.True(said.ExitCode == 0, said.ToString());
    }
}
