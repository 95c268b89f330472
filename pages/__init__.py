"""One script per screen; nothing directly in here, Streamlit would serve it past the sign-in."""
