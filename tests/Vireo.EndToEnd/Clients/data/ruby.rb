# ruby-libvirt. usage: ruby.rb URI USER PASSWORD DOCUMENT
require "libvirt"

uri, user, password, file = ARGV
document = File.read(file)
$stdout.sync = true

# The binding leaves the event loop to its user: one of select, with descriptors and timers.
class Loop
  Handle = Struct.new(:fd, :events, :opaque)
  Timer = Struct.new(:every, :due, :opaque)

  def initialize
    @handles, @timers, @last = {}, {}, 0
    Libvirt.event_register_impl(
      ->(fd, events, opaque) { @handles[@last += 1] = Handle.new(fd, events, opaque); @last },
      ->(id, events) { @handles[id].events = events },
      ->(id) { @handles.delete(id).opaque },
      ->(every, opaque) { @timers[@last += 1] = Timer.new(every, due(every), opaque); @last },
      ->(id, every) { @timers[id].every = every; @timers[id].due = due(every) },
      ->(id) { @timers.delete(id).opaque })
  end

  def due(every)
    every < 0 ? nil : now + every / 1000.0
  end

  def now
    Process.clock_gettime(Process::CLOCK_MONOTONIC)
  end

  def once
    reading = @handles.values.select { |h| h.events & 1 != 0 }.map { |h| IO.for_fd(h.fd, autoclose: false) }
    writing = @handles.values.select { |h| h.events & 2 != 0 }.map { |h| IO.for_fd(h.fd, autoclose: false) }
    first = @timers.values.map(&:due).compact.min
    readable, writable = IO.select(reading, writing, nil, first && [first - now, 0].max)
    @handles.to_a.each do |id, handle|
      happened = ((readable || []).any? { |io| io.fileno == handle.fd } ? 1 : 0) | ((writable || []).any? { |io| io.fileno == handle.fd } ? 2 : 0)
      Libvirt.event_invoke_handle_callback(id, handle.fd, happened, handle.opaque) if happened != 0 && @handles[id]
    end
    @timers.to_a.each do |id, timer|
      next unless timer.due && timer.due <= now && @timers[id]
      timer.due = due(timer.every)
      Libvirt.event_invoke_timeout_callback(id, timer.opaque)
    end
  end
end

events = Loop.new
kinds = [Libvirt::CRED_AUTHNAME, Libvirt::CRED_USERNAME, Libvirt::CRED_PASSPHRASE, Libvirt::CRED_REALM]
conn = Libvirt::open_auth(uri, kinds) do |asked|
  case asked["type"]
  when Libvirt::CRED_AUTHNAME, Libvirt::CRED_USERNAME then user
  when Libvirt::CRED_PASSPHRASE then password
  else asked["defresult"] || ""
  end
end
puts "driver #{conn.type} #{conn.version} #{conn.libversion}"
puts "host #{conn.hostname}"
puts "uri #{conn.uri}"
puts "encrypted #{conn.encrypted?} secure #{conn.secure?} alive #{conn.alive?}"
info = conn.node_info
puts "host has #{info.model} #{info.memory} #{info.cpus} #{info.mhz} #{info.nodes} #{info.sockets} #{info.cores} #{info.threads}"
puts "domains #{conn.list_all_domains.map(&:name)} #{conn.list_domains} #{conn.num_of_defined_domains}"
puts "networks #{conn.list_all_networks.map(&:name)}"
puts "pools #{conn.list_all_storage_pools.map { |pool| [pool.name, pool.info.capacity, pool.info.available] }}"

seen = []
callback = conn.domain_event_register_any(Libvirt::Connect::DOMAIN_EVENT_ID_LIFECYCLE,
  ->(_, domain, event, detail, _) { seen << [domain.name, event, detail] })

domain = conn.define_domain_xml(document)
puts "defined #{domain.name} #{domain.uuid} #{domain.persistent?}"
domain.create
state = domain.info
puts "started #{domain.active?} #{domain.state} #{state.state} #{state.max_mem} #{state.memory} #{state.nr_virt_cpu}"
puts "scheduler #{domain.scheduler_type} memory #{domain.memory_parameters}"
puts domain.xml_desc(Libvirt::Domain::DOMAIN_XML_INACTIVE)

stream = conn.stream
puts "picture #{domain.screenshot(stream, 0)}"
picture = +""
stream.recvall(picture) { |data, whole| whole << data; data.bytesize }
stream.finish
puts "picture #{picture.b[1, 3]} #{picture.bytesize > 1000}"

snapshot = domain.snapshot_create_xml("<domainsnapshot><name>first</name></domainsnapshot>")
puts "snapshot #{snapshot.name} #{domain.num_of_snapshots}"
snapshot.delete
domain.suspend
puts "suspended #{domain.state}"
domain.resume

[
  -> { conn.lookup_domain_by_name("absent") },
  -> { conn.lookup_network_by_name("absent") },
  -> { conn.lookup_storage_pool_by_name("absent") },
  -> { domain.create },
  -> { domain.pin_vcpu(99, [0]) },
].each do |failing|
  failing.call
  puts "no error"
rescue Libvirt::Error => error
  puts "error #{error.libvirt_code} #{error.libvirt_component} #{error.libvirt_level} #{error.libvirt_function_name} #{error.libvirt_message}"
end

domain.destroy
puts "stopped #{domain.active?} #{domain.state}"
domain.undefine
events.once until seen.any? { |_, event, _| event == Libvirt::Connect::DOMAIN_EVENT_UNDEFINED }
puts "events #{seen}"
conn.domain_event_deregister_any(callback)
puts "domains #{conn.list_all_domains.map(&:name)}"
conn.close
# At an ordinary end the binding frees what is left in any order, after the connection too, and ruby's exit code is 1.
exit!(true)
