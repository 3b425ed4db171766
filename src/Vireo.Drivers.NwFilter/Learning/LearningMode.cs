namespace Vireo.Drivers.NwFilter.Learning;

/// <summary>How a guest's address is learned where nobody told it (<c>CTRL_IP_LEARNING</c>).</summary>
enum LearningMode
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>Of the first packet that tells it.</summary>
    Any,

    /// <summary>Of what DHCP servers lend to it, for as long as they do.</summary>
    Dhcp,
}
