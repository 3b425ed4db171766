using Vireo.Host.Processes;
using Vireo.Launcher;

// Started by the daemon in the child's place; reads its orders, does them, and becomes the program they name.
return Child.Become(LaunchOrders.Read(Child.OpenOrders()));
