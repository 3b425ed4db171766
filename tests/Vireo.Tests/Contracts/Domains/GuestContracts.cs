using Vireo.Core.Errors;
using Vireo.Driver;
using Xunit;

namespace Vireo.Tests.Contracts;

public abstract class DomainKeysContract<TSubject> : DomainContract<TSubject, IDomainKeys> where TSubject : IDomainSubject, new()
{
    const uint Escape = 1;

    [Fact]
    public Task Keys_are_pressed_while_it_runs() => OnlyRunningAsync(async domain => await Offered.SendKeysAsync(domain, KeycodeSet.Linux, 10, [Escape], 0, Cancel));

    [Fact]
    public async Task A_set_of_codes_that_nobody_knows_is_refused() =>
        await RefusedAsync(ErrorCode.InvalidArg, async () => await Offered.SendKeysAsync(await StartedAsync(), (KeycodeSet)99, 10, [Escape], 0, Cancel));
}

public abstract class DomainNmiContract<TSubject> : DomainContract<TSubject, IDomainNmi> where TSubject : IDomainSubject, new()
{
    [Fact]
    public Task The_button_is_there_while_it_runs() => OnlyRunningAsync(async domain => await Offered.InjectNmiAsync(domain, 0, Cancel));
}

public abstract class DomainSignalsContract<TSubject> : DomainContract<TSubject, IDomainSignals> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task The_first_process_can_be_signalled_and_a_signal_that_is_none_is_refused()
    {
        DomainRef domain = await StartedAsync();
        await Offered.SendSignalAsync(domain, 1, DomainProcessSignal.Hup, 0, Cancel);
        await RefusedAsync(ErrorCode.InvalidArg, async () => await Offered.SendSignalAsync(domain, 1, (DomainProcessSignal)999, 0, Cancel));
    }
}

public abstract class DomainTimeContract<TSubject> : DomainContract<TSubject, IDomainTime> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task The_clock_shows_what_it_was_set_to()
    {
        DomainRef domain = await StartedAsync();
        await Offered.SetTimeAsync(domain, 1_000_000_000, 5, DomainSetTimeFlags.None, Cancel);
        Assert.InRange((await Offered.GetTimeAsync(domain, 0, Cancel)).Seconds, 1_000_000_000, 1_000_000_600);
    }

    [Fact]
    public Task There_is_a_clock_while_it_runs() => OnlyRunningAsync(async domain => await Offered.GetTimeAsync(domain, 0, Cancel));
}

public abstract class DomainFileSystemsContract<TSubject> : DomainContract<TSubject, IDomainFileSystems> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task The_root_is_mounted_from_a_disk_of_the_domain()
    {
        Vireo.Driver.FileSystemInfo root = (await Offered.GetFileSystemsAsync(await StartedAsync(), 0, Cancel)).Single(one => one.MountPoint is "/");
        Assert.NotEmpty(root.Type);
        Assert.Equal(["vda"], root.Disks);
    }

    [Fact]
    public Task They_are_known_while_it_runs() => OnlyRunningAsync(async domain => await Offered.GetFileSystemsAsync(domain, 0, Cancel));
}

public abstract class DomainFileSystemFreezeContract<TSubject> : DomainContract<TSubject, IDomainFileSystemFreeze> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task As_many_thaw_as_were_frozen_and_none_twice()
    {
        DomainRef domain = await StartedAsync();
        int frozen = await Offered.FreezeFileSystemsAsync(domain, [], 0, Cancel);
        Assert.True(frozen > 0);
        Assert.Equal(frozen, await Offered.ThawFileSystemsAsync(domain, [], 0, Cancel));
        Assert.Equal(0, await Offered.ThawFileSystemsAsync(domain, [], 0, Cancel));
        Assert.Equal(1, await Offered.FreezeFileSystemsAsync(domain, ["/"], 0, Cancel));
    }

    [Fact]
    public Task They_are_frozen_while_it_runs() => OnlyRunningAsync(async domain => await Offered.FreezeFileSystemsAsync(domain, [], 0, Cancel));
}

public abstract class DomainFileSystemTrimContract<TSubject> : DomainContract<TSubject, IDomainFileSystemTrim> where TSubject : IDomainSubject, new()
{
    [Fact]
    public Task All_are_trimmed_while_it_runs() => OnlyRunningAsync(async domain => await Offered.TrimFileSystemsAsync(domain, null, 0, 0, Cancel));
}

public abstract class DomainPasswordsContract<TSubject> : DomainContract<TSubject, IDomainPasswords> where TSubject : IDomainSubject, new()
{
    [Fact]
    public Task They_are_changed_while_it_runs() =>
        OnlyRunningAsync(async domain => await Offered.SetUserPasswordAsync(domain, "alice", "secret", DomainPasswordFlags.None, Cancel));
}

public abstract class DomainHostnameContract<TSubject> : DomainContract<TSubject, IDomainHostname> where TSubject : IDomainSubject, new()
{
    [Fact]
    public Task A_guest_has_a_name_while_it_runs() =>
        OnlyRunningAsync(async domain => Assert.NotEmpty(await Offered.GetHostnameAsync(domain, DomainGetHostnameFlags.None, Cancel)));
}

public abstract class DomainAddressesContract<TSubject> : DomainContract<TSubject, IDomainAddresses> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task A_card_has_an_address_of_its_network()
    {
        DomainInterface card = Assert.Single(await Offered.GetAddressesAsync(await StartedAsync(), DomainInterfaceAddressesSource.Lease, 0, Cancel));
        Assert.Equal(Subject.Card, card.Mac);
        DomainAddress address = Assert.Single(card.Addresses);
        Assert.Equal(IPAddressType.Ipv4, address.Type);
        Assert.True(System.Net.IPAddress.TryParse(address.Address, out _), address.Address);
        Assert.InRange(address.Prefix, 1u, 32u);
    }

    [Fact]
    public async Task A_source_that_nobody_knows_is_refused() =>
        await RefusedAsync(ErrorCode.ArgumentUnsupported, async () => await Offered.GetAddressesAsync(await StartedAsync(), (DomainInterfaceAddressesSource)9, 0, Cancel));

    [Fact]
    public Task They_are_known_while_it_runs() => OnlyRunningAsync(async domain => await Offered.GetAddressesAsync(domain, DomainInterfaceAddressesSource.Agent, 0, Cancel));
}

public abstract class DomainScreenshotContract<TSubject> : DomainContract<TSubject, IDomainScreenshot> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task A_picture_is_of_the_type_that_is_said()
    {
        var sink = new Collected();
        WithStream<string?> shot = await Offered.TakeScreenshotAsync(await StartedAsync(), 0, 0, sink, Cancel);
        byte[] picture = await sink.AllAsync(shot.Handler, Cancel);
        Assert.Equal(shot.Result is "image/png" ? "89504E47" : "50360A", Convert.ToHexString(picture.AsSpan(0, shot.Result is "image/png" ? 4 : 3)));
    }
}
