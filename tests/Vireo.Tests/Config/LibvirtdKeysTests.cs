using System.Text;
using Vireo.Core.Config;
using Vireo.Tests.Remote;
using Xunit;

namespace Vireo.Tests.Config;

public sealed class LibvirtdKeysTests
{
    [Fact]
    public void The_table_has_every_key_and_every_key_that_is_honoured_has_a_test()
    {
        var tests = KeyTests.Of("libvirtd.conf");
        string[] keys = [.. LibvirtdKeys.All.Select(static key => key.Name)];
        Assert.Equal(51, keys.Distinct().Count());
        Assert.Empty(tests.Keys.Except(keys));
        Assert.Empty(LibvirtdKeys.All.Where(static key => key.Fate is not LibvirtdKeyFate.Same).Select(static key => key.Name).Except(tests.Keys));
    }

    [Fact]
    public void The_keys_are_libvirts()
    {
        var file = Facts.Load("config.json").GetProperty("files").EnumerateArray().First(one => one.GetProperty("file").GetString() == "libvirtd.conf");
        Assert.Equal(file.GetProperty("keys").EnumerateArray().Select(one => one.GetProperty("key").GetString()!).Order(),
            LibvirtdKeys.All.Select(static key => key.Name).Order());
    }

    [Fact]
    public void The_page_of_settings_is_made_from_the_table()
    {
        var page = new StringBuilder("""
            # libvirtd.conf

            Made by a test from the table of keys; not written by hand (`VIREO_UPDATE_DOCS=1 ./test` writes it anew).

            `vireod` reads `/etc/libvirt/libvirtd.conf` (a session `~/.config/libvirt/libvirtd.conf`; with `--root DIR` below DIR), or the file of `-f`. Every
            key of libvirt 9.0.0 is known, and mistakes are told with file, line and column.
            A key that nobody knows is named in the log.

            Other [roles](roles.md) read a file of their own, such as `virtqemud.conf`, with the same keys. A key that would set nothing in a role ends its start.

            | key | here | in | tests |
            |---|---|---|---|

            """.ReplaceLineEndings("\n"));
        var tests = KeyTests.Of("libvirtd.conf");
        foreach (LibvirtdKey key in LibvirtdKeys.All)
            page.Append($"| `{key.Name}` | {key.Text} | {In(key.Home)} | {string.Join(", ", tests.GetValueOrDefault(key.Name) ?? [])} |\n");
        string path = Path.Join(KeyTests.Top(), "docs/libvirtd-conf.md");
        if (Environment.GetEnvironmentVariable("VIREO_UPDATE_DOCS") is "1")
            File.WriteAllText(path, page.ToString());
        Assert.Equal(File.ReadAllText(path), page.ToString());
    }

    static string In(LibvirtdKeyHome home) => home switch
    {
        LibvirtdKeyHome.RemoteSockets => "libvirtd, virtproxyd",
        LibvirtdKeyHome.Drivers => "all but virtproxyd",
        _ => "all",
    };
}
