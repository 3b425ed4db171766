using System.Diagnostics;
using System.Security.Cryptography;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Migration;

/// <summary>Guests that run at the target while part of their memory is at the source, with ways that break and are mended; and other ways than QEMU's own.</summary>
public sealed class MigratePostcopyTests(TwoHosts hosts) : IClassFixture<TwoHosts>
{
    const string Name = "halfway";

    // Memory that is not all alike takes its time; the kernel lets only root's guests fetch what they touch.
    string Machine() => Guests.Tiny(Name, "3b7c4bd6-9d57-4f5e-8a5c-7a0d2e9f1c44")
        .Replace("<domain type='qemu'>", "<domain type='qemu' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>", StringComparison.Ordinal)
        .Replace("</devices>", $"""
            </devices>
            <seclabel type='static' model='dac' relabel='no'><label>+0:+0</label></seclabel>
            <qemu:commandline><qemu:arg value='-device'/><qemu:arg value='loader,file={hosts.Shared}/memory,addr=0x1000000,force-raw=on'/></qemu:commandline>
            """, StringComparison.Ordinal);

    async Task CreateAsync(bool at)
    {
        Assert.SkipWhen(hosts.Missing is not null, hosts.Missing ?? "");
        Needs.Program("qemu-system-x86_64");
        await File.WriteAllBytesAsync(Path.Join(hosts.Shared, "memory"), RandomNumberGenerator.GetBytes(12 << 20));
        await File.WriteAllTextAsync(Path.Join(hosts.Shared, "half.xml"), Machine());
        await hosts.RunAsync(at, "create", Path.Join(hosts.Shared, "half.xml"));
    }

    async Task UntilAsync(bool at, string state)
    {
        long began = Stopwatch.GetTimestamp();
        CommandResult said;
        while ((said = await hosts.TryAsync(at, "domstate", Name, "--reason")).Output.Trim() != state)
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(60), $"{state} was waited for: {said}\n{hosts.Vireo.Log}");
            await Task.Delay(20);
        }
    }

    /// <summary>Moves it until part of it is on either side.</summary>
    async Task<Task<CommandResult>> HalfAsync(bool fromStock)
    {
        Task<CommandResult> moving = hosts.TryAsync(fromStock, hosts.To(!fromStock, Name, "--live", "--postcopy", "--bandwidth", "1", "--postcopy-bandwidth", "1"));
        while (!moving.IsCompleted && (await hosts.TryAsync(fromStock, "migrate-postcopy", Name)).ExitCode != 0)
            await Task.Delay(20);
        if (moving.IsCompleted) Assert.SkipWhen((await moving).Error.Contains("Postcopy is not supported", StringComparison.Ordinal), "this kernel has no userfaultfd for guests");
        await UntilAsync(!fromStock, "running (post-copy)");
        await UntilAsync(fromStock, "paused (post-copy)");
        return moving;
    }

    /// <summary>Sends the rest, as soon as stock's side of it knows what its QEMU has told: late, that the way is broken, or later, that it is mended.</summary>
    async Task ResumeAsync(bool fromStock)
    {
        CommandResult said;
        do
            said = await hosts.TryAsync(fromStock, hosts.To(!fromStock, Name, "--live", "--postcopy", "--postcopy-resume", "--postcopy-bandwidth", "100"));
        while (said.Error.Contains("QEMU reports migration is still running", StringComparison.Ordinal));
        string late = $"job 'migration {(fromStock ? "out" : "in")}' failed in post-copy phase";
        Assert.True(said.ExitCode == 0 || said.Error.Contains(late, StringComparison.Ordinal), $"{said}\n{hosts.Vireo.Log}");
        await UntilAsync(!fromStock, "running (migrated)");
        await UntilAsync(fromStock, "");
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_guest_runs_there_before_all_of_it_is_there(bool fromStock)
    {
        try
        {
            await CreateAsync(fromStock);
            Task<CommandResult> moving = await HalfAsync(fromStock);
            CommandResult said = await hosts.TryAsync(fromStock, "domjobabort", Name);
            Assert.Contains("cannot abort migration in post-copy mode", said.Error, StringComparison.Ordinal);
            Assert.Equal(0, (await moving).ExitCode);
            await UntilAsync(!fromStock, "running (migrated)");
            Assert.NotEqual(0, (await hosts.TryAsync(fromStock, "domstate", Name)).ExitCode);
        }
        finally
        {
            await hosts.ClearAsync(Name);
        }
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_way_that_breaks_is_mended_and_the_guest_goes_on(bool fromStock)
    {
        try
        {
            await CreateAsync(fromStock);
            Task<CommandResult> moving = await HalfAsync(fromStock);
            await hosts.RunAsync(fromStock, "domjobabort", Name, "--postcopy");
            Assert.Contains("failed in post-copy phase", (await moving).Error, StringComparison.Ordinal);
            await UntilAsync(!fromStock, "running (post-copy failed)");
            await UntilAsync(fromStock, "paused (post-copy failed)");
            await ResumeAsync(fromStock);
            Assert.NotEqual(0, (await hosts.TryAsync(fromStock, "domstate", Name)).ExitCode);
        }
        finally
        {
            await hosts.ClearAsync(Name);
        }
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_daemon_that_is_killed_while_half_of_a_guest_is_here_keeps_its_half(bool fromStock)
    {
        try
        {
            await CreateAsync(fromStock);
            Task<CommandResult> moving = await HalfAsync(fromStock);
            await hosts.Vireo.KillAsync();
            await hosts.Vireo.StartAgainAsync();
            // What was left on its way has gone by itself meanwhile, or is to be resumed.
            await hosts.TryAsync(fromStock, "domjobabort", Name, "--postcopy");
            await moving;
            CommandResult there = await hosts.TryAsync(!fromStock, "domstate", Name, "--reason");
            Assert.StartsWith("running", there.Output, StringComparison.Ordinal);
            if (!there.Output.StartsWith("running (migrated)", StringComparison.Ordinal))
            {
                await UntilAsync(!fromStock, "running (post-copy failed)");
                await UntilAsync(fromStock, "paused (post-copy failed)");
                await ResumeAsync(fromStock);
            }
        }
        finally
        {
            await hosts.ClearAsync(Name);
        }
    }

    [Theory]
    [InlineData("--p2p --tunnelled", "")]
    [InlineData("--p2p --tunnelled --persistent --undefinesource", "")]
    [InlineData("--tls", "tcp:127.0.0.1")]
    [InlineData("--tls --tls-destination localhost", "tcp:127.0.0.1")]
    [InlineData("--tls --parallel", "tcp:127.0.0.1")]
    [InlineData("--p2p --tls", "tcp:127.0.0.1")]
    public async Task A_guest_goes_through_a_tunnel_and_under_locks(string flags, string uri)
    {
        foreach (bool fromStock in new[] { true, false })
        {
            try
            {
                await CreateAsync(fromStock);
                string[] where = uri.Length == 0 ? [] : ["--migrateuri", uri];
                await hosts.RunAsync(fromStock, ["migrate", Name, hosts.Uri(!fromStock), "--live", .. where, .. flags.Split(' ')]);
                Assert.Equal("running (migrated)\n", await hosts.RunAsync(!fromStock, "domstate", Name, "--reason"));
                // Its settings are what they were: it leaves in the plain way.
                await hosts.RunAsync(!fromStock, hosts.To(fromStock, Name, "--live"));
                Assert.Equal("running (migrated)\n", await hosts.RunAsync(fromStock, "domstate", Name, "--reason"));
            }
            finally
            {
                await hosts.ClearAsync(Name);
            }
        }
    }

    [Fact]
    public async Task A_name_that_is_not_the_certificates_keeps_the_guest_where_it_is()
    {
        foreach (bool fromStock in new[] { true, false })
        {
            try
            {
                await CreateAsync(fromStock);
                Assert.NotEqual(0, (await hosts.TryAsync(fromStock, hosts.To(!fromStock, Name, "--live", "--tls", "--tls-destination", "elsewhere"))).ExitCode);
                Assert.StartsWith("running", await hosts.RunAsync(fromStock, "domstate", Name), StringComparison.Ordinal);
                Assert.NotEqual(0, (await hosts.TryAsync(!fromStock, "domstate", Name)).ExitCode);
            }
            finally
            {
                await hosts.ClearAsync(Name);
            }
        }
    }
}
